using System.Text;
using System.Text.Json;
using AzOpenAI.Core.DataPlane.Answers;

namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>Reads the content filter's results for a text in which it found nothing, in a single pass.</summary>
internal static class PlainFindings
{
    // Other categories are supported too; these are in nearly every response and don't need a new string.
    private static readonly (byte[] Name, string Category)[] Known =
    [
        .. new[] { "hate", "self_harm", "sexual", "violence", "jailbreak", "protected_material_text", "protected_material_code" }
            .Select(static category => (Encoding.UTF8.GetBytes(category), category)),
    ];

    /// <summary>Reads the findings of the first prompt or choice.</summary>
    /// <returns>False if the filter found something, failed, or reported anything else.</returns>
    public static bool Take(ref Utf8JsonReader reader, string side, ref List<ContentFilterResult>? into)
    {
        // If a member is repeated, the last one counts, which the full reader handles.
        if (into is not null || !reader.EnterObject())
            return false;
        into = new List<ContentFilterResult>(12);
        while (reader.NextMember())
        {
            string category = Category(ref reader);
            if (category == "error" || !reader.EnterObject() || !TakeFinding(ref reader, out string? severity, out bool? detected))
                return false;
            into.Add(new ContentFilterResult { Category = category, Side = side, Severity = severity, Detected = detected });
        }

        return reader.TokenType == JsonTokenType.EndObject;
    }

    private static bool TakeFinding(ref Utf8JsonReader reader, out string? severity, out bool? detected)
    {
        severity = null;
        detected = null;
        while (reader.NextMember())
        {
            if (reader.ValueTextEquals("filtered"u8))
            {
                if (!reader.IsFalse())
                    return false;
            }
            else if (reader.ValueTextEquals("severity"u8))
            {
                if (!reader.IsText("safe"u8))
                    return false;
                severity = "safe";
            }
            else if (reader.ValueTextEquals("detected"u8) && reader.IsFalse())
            {
                detected = false;
            }
            else
            {
                return false;
            }
        }

        return reader.TokenType == JsonTokenType.EndObject;
    }

    private static string Category(ref Utf8JsonReader reader)
    {
        foreach ((byte[] name, string category) in Known)
        {
            if (reader.ValueTextEquals(name))
                return category;
        }

        return reader.GetString()!;
    }
}
