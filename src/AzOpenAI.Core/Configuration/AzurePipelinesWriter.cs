namespace AzOpenAI.Core.Configuration;

/// <summary>
/// Logging commands for the output of a step. Secrets are registered before any variable is set. Comments aren't possible: a key that isn't written is omitted.
/// </summary>
internal static class AzurePipelinesWriter
{
    public static string Write(ConnectionConfiguration configuration)
    {
        ConfigurationEntry[] written = [.. configuration.Entries.Where(entry => entry.Value is not null)];
        IEnumerable<string> masks = written.Where(entry => entry is { IsSecret: true, Value.Length: > 0 }).Select(entry => $"##vso[task.setsecret]{Escape(entry.Value!)}");
        IEnumerable<string> variables = written.Select(entry =>
            $"##vso[task.setvariable variable={entry.Name}{(entry.IsSecret ? ";issecret=true" : "")}]{Escape(entry.Value!)}");
        return string.Concat(masks.Concat(variables).Select(line => line + "\n"));
    }

    private static string Escape(string value) =>
        value.Replace("%", "%AZP25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);
}
