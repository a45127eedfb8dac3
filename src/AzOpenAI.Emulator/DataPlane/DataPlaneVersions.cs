namespace AzOpenAI.Emulator.DataPlane;

/// <summary>Supported dated API versions of the data plane; the retired 2023 previews aren't supported.</summary>
internal static class DataPlaneVersions
{
    private static readonly HashSet<string> Chat = new(StringComparer.OrdinalIgnoreCase)
    {
        "2023-05-15", "2024-02-01", "2024-06-01", "2024-10-21",
        "2023-06-01-preview", "2023-10-01-preview", "2024-02-15-preview", "2024-03-01-preview", "2024-04-01-preview", "2024-05-01-preview",
        "2024-07-01-preview", "2024-08-01-preview", "2024-09-01-preview", "2024-10-01-preview", "2024-12-01-preview", "2025-01-01-preview",
        "2025-02-01-preview", "2025-03-01-preview", "2025-04-01-preview",
    };

    public static bool IsKnown(string? version) => version is not null && Chat.Contains(version);

    public static bool IsV1(string? version) =>
        string.IsNullOrEmpty(version) || version.Equals("v1", StringComparison.OrdinalIgnoreCase) || version.Equals("preview", StringComparison.OrdinalIgnoreCase);
}
