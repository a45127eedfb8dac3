namespace AzOpenAI.Emulator.Management;

/// <summary>The API versions that the emulator supports, oldest first.</summary>
internal static class ApiVersions
{
    /// <summary>The version in polling URLs, whatever the request's version is.</summary>
    public const string Polling = "2017-04-18";

    public static readonly IReadOnlyList<string> CognitiveServices =
    [
        "2023-05-01", "2023-06-01-preview", "2023-10-01-preview", "2024-04-01-preview", "2024-06-01-preview", "2024-10-01", "2025-04-01-preview", "2025-06-01",
        "2025-07-01-preview", "2025-09-01", "2025-10-01-preview", "2025-12-01", "2026-01-15-preview", "2026-03-01", "2026-03-15-preview", "2026-05-01",
        "2026-05-15-preview", "2026-07-01", "2026-07-15-preview", "2026-09-01", "2026-09-15-preview",
    ];

    public static readonly IReadOnlyList<string> Authorization = ["2022-04-01"];

    public static readonly IReadOnlyList<string> Resources =
    [
        "2016-06-01", "2018-05-01", "2019-05-01", "2019-10-01", "2020-01-01", "2020-06-01", "2020-10-01", "2021-01-01", "2021-04-01", "2022-09-01",
        "2022-12-01", "2023-07-01", "2024-03-01", "2024-07-01", "2024-11-01", "2025-03-01", "2025-04-01",
    ];

    /// <summary>True if a version is at least as new as another; a preview is compared by its date.</summary>
    public static bool AtLeast(string version, string minimum) => string.CompareOrdinal(version[..Math.Min(10, version.Length)], minimum) >= 0;
}
