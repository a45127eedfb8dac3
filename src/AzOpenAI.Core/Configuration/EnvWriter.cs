namespace AzOpenAI.Core.Configuration;

/// <summary>For a POSIX shell: <c>. ./azure.env</c>.</summary>
internal static class EnvWriter
{
    public static string Write(ConnectionConfiguration configuration) => ConfigurationWriter.Lines(configuration, (name, value) => $"export {name}={Quote(value)}");

    /// <summary>Between single quotes a shell takes every character as it is, except the quote itself.</summary>
    public static string Quote(string value) => $"'{value.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
