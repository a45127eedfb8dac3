using System.Diagnostics.CodeAnalysis;

namespace AzOpenAI;

/// <summary>A URL that PowerShell prints on one line. The view is for this type: one for <see cref="Uri"/> would change the output of all URLs.</summary>
public sealed class ServiceUri : Uri
{
    private ServiceUri(Uri address)
        : base(address.OriginalString)
    {
    }

    /// <summary>Converts a URL to this type.</summary>
    [return: NotNullIfNotNull(nameof(address))]
    internal static Uri? Of(Uri? address) => address is { IsAbsoluteUri: true } and not ServiceUri ? new ServiceUri(address) : address;
}
