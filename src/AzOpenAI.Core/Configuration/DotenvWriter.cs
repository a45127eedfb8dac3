using System.Buffers;

namespace AzOpenAI.Core.Configuration;

/// <summary>
/// For dotenv readers, which agree on little: a value is written in the plainest form that it allows. Without quotes and in single quotes all readers,
/// and shells, see the same; what needs more (a quote beside a dollar, two backslashes) is written as a shell reads it.
/// </summary>
internal static class DotenvWriter
{
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-./:@%+,=");
    private static readonly SearchValues<char> SpecialInDoubleQuotes = SearchValues.Create("\"$`\\!\n\r");

    public static string Write(ConnectionConfiguration configuration) => ConfigurationWriter.Lines(configuration, (name, value) => $"{name}={Quote(value)}");

    private static string Quote(string value)
    {
        if (value.Length > 0 && !value.AsSpan().ContainsAnyExcept(Plain))
            return value;
        return value.Contains('\'', StringComparison.Ordinal) && !value.AsSpan().ContainsAny(SpecialInDoubleQuotes) ? $"\"{value}\"" : EnvWriter.Quote(value);
    }
}
