using System.Buffers;

namespace AzOpenAI.Core.Configuration;

/// <summary>
/// For dotenv readers, which differ a lot: a value is written in the simplest possible form. Without quotes and in single quotes, all readers
/// and shells see the same; other values (a quote with a dollar, two backslashes) are written for a shell.
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
