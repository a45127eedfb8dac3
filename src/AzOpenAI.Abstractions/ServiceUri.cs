using System.Diagnostics.CodeAnalysis;

namespace AzOpenAI;

/// <summary>An address that PowerShell prints in one line. The view is tied to this type: one of <see cref="Uri"/> would change what everybody else's addresses look like.</summary>
public sealed class ServiceUri : Uri
{
    private ServiceUri(Uri address)
        : base(address.OriginalString)
    {
    }

    /// <summary>The same address, as this type.</summary>
    [return: NotNullIfNotNull(nameof(address))]
    internal static Uri? Of(Uri? address) => address is { IsAbsoluteUri: true } and not ServiceUri ? new ServiceUri(address) : address;
}
