using System.Text;

namespace AzOpenAI.Internal;

/// <summary>Text from elsewhere, made harmless for a terminal.</summary>
internal static class TerminalText
{
    /// <summary>The text without control signs: a model could otherwise move the cursor, hide text or set the title of the window.</summary>
    public static string Clean(string text)
    {
        StringBuilder? clean = null;
        for (int i = 0; i < text.Length; i++)
        {
            char sign = text[i];
            if (!char.IsControl(sign) || sign is '\n' or '\t')
            {
                clean?.Append(sign);
                continue;
            }

            clean ??= new StringBuilder(text, 0, i, text.Length);
            if (sign != '\r')
                clean.Append('\uFFFD');
        }

        return clean?.ToString() ?? text;
    }
}
