using System.Security.Cryptography;
using System.Text;

namespace AzOpenAI.Core.Configuration;

/// <summary>
/// For the file in GITHUB_ENV or GITHUB_OUTPUT. Every value is between two lines of a random delimiter: a value that contains it
/// could set other variables of the job. The file can't have comments: a key that isn't written is omitted.
/// </summary>
internal static class GitHubActionsWriter
{
    public static string Write(ConnectionConfiguration configuration)
    {
        StringBuilder text = new();
        foreach (ConfigurationEntry entry in configuration.Entries)
        {
            if (entry.Value is not string value)
                continue;
            string delimiter = NewDelimiter(value);
            text.Append(entry.Name).Append("<<").Append(delimiter).Append('\n').Append(value).Append('\n').Append(delimiter).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>The commands that make the runner mask the secrets in its log.</summary>
    public static IReadOnlyList<string> Masks(ConnectionConfiguration configuration) =>
        [.. configuration.Entries.Where(entry => entry is { IsSecret: true, Value.Length: > 0 }).Select(entry => "::add-mask::" + Escape(entry.Value!))];

    private static string NewDelimiter(string value)
    {
        string delimiter;
        do
            delimiter = "AZOPENAI_" + RandomNumberGenerator.GetHexString(32);
        while (value.Contains(delimiter, StringComparison.Ordinal));
        return delimiter;
    }

    private static string Escape(string value) =>
        value.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
}
