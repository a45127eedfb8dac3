using System.Globalization;
using System.Text;

namespace AzOpenAI.Core.Configuration;

/// <summary>A module <c>config.py</c>: <c>from config import AZURE_ENDPOINT</c>.</summary>
internal static class PythonWriter
{
    public static string Write(ConnectionConfiguration configuration)
    {
        List<string> lines = [$"# Azure OpenAI: {Ascii(configuration.Title)}"];
        if (configuration.KeyIsOmitted)
            lines.AddRange(["import os", ""]);
        lines.Add($"AZURE_ENDPOINT = {Literal(configuration.Endpoint)}");
        lines.Add(configuration switch
        {
            { Key: string key } => $"AZURE_API_KEY = {Literal(key)}",
            { KeyIsOmitted: true } => $"AZURE_API_KEY = os.environ.get({Literal(configuration.KeyVariable)})",
            _ => "AZURE_API_KEY = None  # No key: sign in with Microsoft Entra ID.",
        });
        lines.Add($"AZURE_API_VERSION = {Literal(configuration.ApiVersion)}");
        lines.Add($"AZURE_ENGINE = {Literal(configuration.Deployment)}");
        return string.Join('\n', lines) + "\n";
    }

    private static string Literal(string? value)
    {
        if (value is null)
            return "None";
        StringBuilder text = new("\"");
        for (int i = 0; i < value.Length; i++)
        {
            char character = value[i];
            if (char.IsHighSurrogate(character) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                text.Append(CultureInfo.InvariantCulture, $"\\U{char.ConvertToUtf32(character, value[++i]):x8}");
            else if (character is '"' or '\\')
                text.Append('\\').Append(character);
            else if (character is >= ' ' and <= '~')
                text.Append(character);
            else
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
        }

        return text.Append('"').ToString();
    }

    private static string Ascii(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c : '?'));
}
