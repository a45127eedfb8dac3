namespace AzOpenAI.Core.Configuration;

/// <summary>For a POSIX shell: <c>. ./azure.env</c>.</summary>
internal static class EnvWriter
{
    public static string Write(ConnectionConfiguration configuration) => ConfigurationWriter.Lines(configuration, (name, value) => $"export {name}={Quote(value)}");

    /// <summary>In single quotes, a shell doesn't interpret any character except the quote itself.</summary>
    public static string Quote(string value) => $"'{value.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
