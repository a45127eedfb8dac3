using System.Globalization;
using System.Text;

namespace AzOpenAI.Core.Tools;

/// <summary>Text from a model, for users to review before they confirm: nothing in it may move the cursor, reverse the text or hide.</summary>
public static class ToolText
{
    /// <summary>The text with every character that isn't displayed as itself written as <c>\uXXXX</c>.</summary>
    public static string Plain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder? changed = null;
        for (int i = 0; i < text.Length; i++)
        {
            int length = char.IsSurrogatePair(text, i) ? 2 : 1;
            bool isPlain = CharUnicodeInfo.GetUnicodeCategory(text, i) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
            if (!isPlain)
                changed ??= new StringBuilder(text, 0, i, text.Length + 16);
            for (int end = i + length; i < end; i++)
            {
                if (isPlain)
                    changed?.Append(text[i]);
                else
                    changed!.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:X4}");
            }

            i--;
        }

        return changed?.ToString() ?? text;
    }
}
