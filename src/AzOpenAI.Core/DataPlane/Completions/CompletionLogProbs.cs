using System.Text.Json;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Completions;

/// <summary>Reads the parallel arrays <c>{"tokens":[...],"token_logprobs":[...],"top_logprobs":[{token:logprob}],"text_offset":[...]}</c>.</summary>
internal static class CompletionLogProbs
{
    /// <summary>Adds the tokens.</summary>
    public static void Read(JsonElement logProbs, List<TokenLogProb> into)
    {
        JsonElement values = Array(logProbs, "token_logprobs"u8);
        JsonElement tops = Array(logProbs, "top_logprobs"u8);
        int index = 0;
        foreach (JsonElement token in logProbs.Items("tokens"u8))
        {
            List<TokenLogProb>? top = null;
            if (At(tops, index) is { ValueKind: JsonValueKind.Object } likeliest)
            {
                foreach (JsonProperty one in likeliest.EnumerateObject())
                    (top ??= []).Add(new TokenLogProb(one.Name, Number(one.Value)));
            }

            string text = token.ValueKind == JsonValueKind.String ? token.GetString()! : token.GetRawText();
            into.Add(new TokenLogProb(text, Number(At(values, index))) { Top = top ?? (IReadOnlyList<TokenLogProb>)[] });
            index++;
        }
    }

    private static JsonElement Array(JsonElement element, ReadOnlySpan<byte> name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } array ? array : default;

    private static JsonElement At(JsonElement array, int index) =>
        array.ValueKind == JsonValueKind.Array && index < array.GetArrayLength() ? array[index] : default;

    // The first token of a prompt doesn't have a probability: the service sends null.
    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) ? number : double.NaN;
}
