using System.Text;
using System.Text.Json;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Answers;

/// <summary>
/// Reads the content filter's findings: <c>{"hate":{"filtered":false,"severity":"safe"}, ...}</c>. Unknown categories are read too, so that new ones
/// aren't lost.
/// </summary>
internal static class ContentFilterReader
{
    public const string Prompt = "Prompt";
    public const string Completion = "Completion";

    /// <summary>Adds the findings of one prompt or choice. The most severe of several in the same category is kept.</summary>
    public static void Read(JsonElement findings, string side, int index, List<ContentFilterResult> into)
    {
        if (findings.ValueKind != JsonValueKind.Object)
            return;
        foreach (JsonProperty category in findings.EnumerateObject())
        {
            JsonElement finding = category.Value;
            if (finding.ValueKind != JsonValueKind.Object || IsKnownAsHarmless(category, side, index, into))
                continue;
            // If the filter itself failed, there is an "error" category with code and message, or one within the category.
            bool failed = category.NameEquals("error");
            JsonElement? error = failed ? finding : finding.Member("error"u8);
            Add(into, new ContentFilterResult
            {
                Category = category.Name,
                Side = side,
                Index = index,
                Filtered = finding.Truth("filtered"u8) ?? false,
                Severity = finding.Text("severity"u8),
                Detected = finding.Truth("detected"u8),
                Details = Details(finding, failed),
                Error = error is { } reason ? reason.Text("message"u8) ?? reason.Text("code"u8) ?? reason.GetRawText() : null,
            });
        }
    }

    /// <summary>True if the filter found nothing, and reported nothing else.</summary>
    public static bool IsHarmless(ContentFilterResult result) => result is { Severity: "safe", Filtered: false, Detected: null, Error: null, Details: null };

    // Every chunk of a stream repeats that nothing was found: reading that doesn't allocate.
    private static bool IsKnownAsHarmless(JsonProperty category, string side, int index, List<ContentFilterResult> known)
    {
        foreach (ContentFilterResult result in known)
        {
            if (result.Index == index && ReferenceEquals(result.Side, side) && category.NameEquals(result.Category))
                return IsHarmless(result) && IsSafe(category.Value);
        }

        return false;
    }

    private static bool IsSafe(JsonElement finding)
    {
        foreach (JsonProperty member in finding.EnumerateObject())
        {
            bool harmless = member.NameEquals("filtered"u8) ? member.Value.ValueKind == JsonValueKind.False
                : member.NameEquals("severity"u8) && member.Value.ValueKind == JsonValueKind.String && member.Value.ValueEquals("safe"u8);
            if (!harmless)
                return false;
        }

        return true;
    }

    /// <summary>Adds the findings of all prompts; older versions call them prompt_annotations.</summary>
    public static void ReadPrompts(JsonElement root, List<ContentFilterResult> into)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return;
        ReadOnlySpan<byte> name = root.TryGetProperty("prompt_filter_results"u8, out _) ? "prompt_filter_results"u8 : "prompt_annotations"u8;
        foreach (JsonElement prompt in root.Items(name))
        {
            if ((prompt.Member("content_filter_results"u8) ?? prompt.Member("content_filter_result"u8)) is { } findings)
                Read(findings, Prompt, (int)(prompt.Number("prompt_index"u8) ?? 0), into);
        }
    }

    /// <summary>The members without a property of their own, such as a citation or the IDs of a blocklist.</summary>
    private static string? Details(JsonElement finding, bool failed)
    {
        if (failed)
            return null;
        StringBuilder? rest = null;
        foreach (JsonProperty member in finding.EnumerateObject())
        {
            if (member.NameEquals("filtered"u8) || member.NameEquals("severity"u8) || member.NameEquals("detected"u8) || member.NameEquals("error"u8))
                continue;
            (rest ??= new StringBuilder()).Append(rest.Length == 0 ? '{' : ',').Append('"').Append(JsonEncodedText.Encode(member.Name)).Append("\":").Append(member.Value.GetRawText());
        }

        return rest?.Append('}').ToString();
    }

    private static void Add(List<ContentFilterResult> into, ContentFilterResult result)
    {
        for (int i = 0; i < into.Count; i++)
        {
            ContentFilterResult known = into[i];
            if (known.Index != result.Index || known.Category != result.Category || known.Side != result.Side)
                continue;
            if (Gravity(result) >= Gravity(known))
                into[i] = result;
            return;
        }

        into.Add(result);
    }

    // A stream reports its findings in parts: the most severe one counts for the whole response.
    private static int Gravity(ContentFilterResult result) => (result.Filtered ? 16 : 0) + (result.Detected == true ? 8 : 0) + result.Severity switch
    {
        "low" => 1,
        "medium" => 2,
        "high" => 3,
        _ => 0,
    };
}
