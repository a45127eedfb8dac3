namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>When the usage of a stream can be requested: dated versions support <c>stream_options</c> since 2024-09-01-preview and reject it before.</summary>
internal static class StreamUsage
{
    private const string FirstVersion = "2024-09-01";

    /// <summary>True if the connection's API supports the option.</summary>
    public static bool IsKnown(Connection connection) =>
        connection.ApiVersion is not { } version || string.CompareOrdinal(version, FirstVersion) >= 0;
}
