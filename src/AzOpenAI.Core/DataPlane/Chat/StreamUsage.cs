namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>Where a stream can be asked for its usage: dated versions know <c>stream_options</c> since 2024-09-01-preview and refuse it before.</summary>
internal static class StreamUsage
{
    private const string FirstVersion = "2024-09-01";

    /// <summary>True where the connection's API knows the option.</summary>
    public static bool IsKnown(Connection connection) =>
        connection.ApiVersion is not { } version || string.CompareOrdinal(version, FirstVersion) >= 0;
}
