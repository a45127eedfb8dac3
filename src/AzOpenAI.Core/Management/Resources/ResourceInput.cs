using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Management;

/// <summary>Refuses what the service would refuse minutes later, or worse, take in another sense.</summary>
internal static class ResourceInput
{
    /// <exception cref="AzOpenAIException">IpRangeInvalid, IdentityInvalid.</exception>
    public static void Check(ResourceRequest request)
    {
        foreach (string range in request.AllowedIpRange ?? [])
        {
            if (!IsRange(range))
                throw Failure.Of(nameof(Messages.IpRangeInvalid), ErrorKind.InvalidInput, range);
        }

        bool wantsUsers = request.IdentityType?.Contains("UserAssigned", StringComparison.OrdinalIgnoreCase) == true;
        if (request.UserAssignedIdentity is { Count: > 0 } && request.IdentityType is not null && !wantsUsers)
            throw Failure.Of(nameof(Messages.IdentityInvalid), ErrorKind.InvalidInput, $"-UserAssignedIdentity does not go with -IdentityType {request.IdentityType}");
        if (request.UserAssignedIdentity is { Count: 0 } && wantsUsers)
            throw Failure.Of(nameof(Messages.IdentityInvalid), ErrorKind.InvalidInput, "-IdentityType UserAssigned needs at least one identity");
        foreach (string id in request.UserAssignedIdentity ?? [])
        {
            if (!id.Contains("/providers/Microsoft.ManagedIdentity/userAssignedIdentities/", StringComparison.OrdinalIgnoreCase))
                throw Failure.Of(nameof(Messages.IdentityInvalid), ErrorKind.InvalidInput, $"'{id}' is not the id of a user-assigned identity");
        }
    }

    private static bool IsRange(string range)
    {
        string[] parts = range.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out IPAddress? address))
            return false;
        // "10" and "10.1" are addresses to the parser, and a mistake in a rule.
        if (address.AddressFamily == AddressFamily.InterNetwork && parts[0].Split('.').Length != 4)
            return false;
        return parts.Length == 1
            || (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length <= (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128));
    }
}
