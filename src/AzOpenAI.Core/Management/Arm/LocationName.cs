namespace AzOpenAI.Core.Management.Arm;

/// <summary>Names of regions. The service writes the same region as <c>West Europe</c>, <c>WestEurope</c> and <c>WESTEUROPE</c>.</summary>
public static class LocationName
{
    /// <summary>The name in lower case and without spaces.</summary>
    public static string Normalize(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return string.Concat(location.Where(c => !char.IsWhiteSpace(c))).ToLowerInvariant();
    }

    /// <summary>True if both are the same region.</summary>
    public static bool Same(string? left, string? right) =>
        left is not null && right is not null && Normalize(left) == Normalize(right);
}
