using System.Text;

namespace AzOpenAI.Core.Configuration;

/// <summary>For PowerShell: <c>. ./azure.ps1</c>.</summary>
internal static class PowerShellWriter
{
    public static string Write(ConnectionConfiguration configuration) => ConfigurationWriter.Lines(configuration, (name, value) => $"$env:{name} = {Quote(value)}");

    /// <summary>PowerShell also ends a single-quoted string at typographic quotes.</summary>
    private static string Quote(string value)
    {
        StringBuilder text = new("'");
        foreach (char character in value)
        {
            if (character is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B')
                text.Append(character);
            text.Append(character);
        }

        return text.Append('\'').ToString();
    }
}
