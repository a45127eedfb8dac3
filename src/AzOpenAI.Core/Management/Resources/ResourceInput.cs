using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Management.Resources;

/// <summary>Rejects values that the service would reject minutes later, or misinterpret.</summary>
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
            throw Failure.Of(nameof(Messages.IdentityInvalid), ErrorKind.InvalidInput, $"-UserAssignedIdentity can't be combined with -IdentityType {request.IdentityType}");
        if (request.UserAssignedIdentity is { Count: 0 } && wantsUsers)
            throw Failure.Of(nameof(Messages.IdentityInvalid), ErrorKind.InvalidInput, "-IdentityType UserAssigned requires at least one identity");
        foreach (string id in request.UserAssignedIdentity ?? [])
        {
            if (!id.Contains("/providers/Microsoft.ManagedIdentity/userAssignedIdentities/", StringComparison.OrdinalIgnoreCase))
                throw Failure.Of(nameof(Messages.IdentityInvalid), ErrorKind.InvalidInput, $"'{id}' isn't the ID of a user-assigned identity");
        }
    }

    /// <summary>Checks the request against the existing resource: a type that requires identities if none is specified and none exists.</summary>
    /// <exception cref="AzOpenAIException">IdentityInvalid.</exception>
    public static void CheckIdentity(ResourceRequest request, Resource? live)
    {
        if (request.IdentityType?.Contains("UserAssigned", StringComparison.OrdinalIgnoreCase) == true && request.UserAssignedIdentity is null && live?.UserAssignedIdentity.Count is null or 0)
            throw Failure.Of(nameof(Messages.IdentityInvalid), ErrorKind.InvalidInput, "-IdentityType UserAssigned requires -UserAssignedIdentity because the resource doesn't have one");
    }

    private static bool IsRange(string range)
    {
        string[] parts = range.Split('/');
        if (parts.Length > 2 || !IPAddress.TryParse(parts[0], out IPAddress? address))
            return false;
        // The parser accepts "10" and "10.1", and "001.2.3.4" as octal or decimal depending on the implementation: mistakes in a rule.
        if (address.AddressFamily == AddressFamily.InterNetwork && address.ToString() != parts[0])
            return false;
        if (parts.Length == 1)
            return true;
        // A range that doesn't start at its network's address has a mistake in the address or in the length.
        return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int length)
            && length <= (address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128)
            && HasNoHostBits(address, length);
    }

    private static bool HasNoHostBits(IPAddress address, int length)
    {
        byte[] bytes = address.GetAddressBytes();
        for (int bit = length; bit < bytes.Length * 8; bit++)
        {
            if ((bytes[bit / 8] & (0x80 >> (bit % 8))) != 0)
                return false;
        }

        return true;
    }
}
