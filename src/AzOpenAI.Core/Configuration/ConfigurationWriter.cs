namespace AzOpenAI.Core.Configuration;

/// <summary>Writes a configuration in a format.</summary>
public static class ConfigurationWriter
{
    /// <summary>Returns the text in a format.</summary>
    public static ConfigurationText Write(ConnectionConfiguration configuration, ConfigurationFormat format)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return format switch
        {
            ConfigurationFormat.Env => new ConfigurationText(EnvWriter.Write(configuration), []),
            ConfigurationFormat.Dotenv => new ConfigurationText(DotenvWriter.Write(configuration), []),
            ConfigurationFormat.Json => new ConfigurationText(JsonConfigurationWriter.Write(configuration), []),
            ConfigurationFormat.PowerShell => new ConfigurationText(PowerShellWriter.Write(configuration), []),
            ConfigurationFormat.Python => new ConfigurationText(PythonWriter.Write(configuration), []),
            ConfigurationFormat.GitHubActions => new ConfigurationText(GitHubActionsWriter.Write(configuration), GitHubActionsWriter.Masks(configuration)),
            ConfigurationFormat.AzurePipelines => new ConfigurationText(AzurePipelinesWriter.Write(configuration), []),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "No such format."),
        };
    }

    /// <summary>The lines of a format with comments: a title, then each variable, or what to do if its value isn't included.</summary>
    internal static string Lines(ConnectionConfiguration configuration, Func<string, string, string> assign)
    {
        List<string> lines = [$"# Azure OpenAI: {configuration.Title}"];
        foreach (ConfigurationEntry entry in configuration.Entries)
        {
            if (entry.Value is string value)
                lines.Add(assign(entry.Name, value));
            else
                lines.Add($"# {entry.Name} isn't set here: its existing value is used.");
        }

        if (configuration is { Key: null, KeyIsOmitted: false })
            lines.Add("# No key: sign in with Microsoft Entra ID.");
        return string.Join('\n', lines) + "\n";
    }
}
