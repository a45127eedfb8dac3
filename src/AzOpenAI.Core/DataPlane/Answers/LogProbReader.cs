using System.Text.Json;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Answers;

/// <summary>Reads <c>{"content":[{"token","logprob","bytes","top_logprobs":[...]}],"refusal":[...]}</c>.</summary>
internal static class LogProbReader
{
    /// <summary>Adds the tokens under the member, <c>content</c> or <c>refusal</c>.</summary>
    public static void Read(JsonElement logProbs, ReadOnlySpan<byte> member, ref List<TokenLogProb>? into)
    {
        foreach (JsonElement token in logProbs.Items(member))
            (into ??= []).Add(ReadToken(token));
    }

    private static TokenLogProb ReadToken(JsonElement token)
    {
        List<TokenLogProb>? top = null;
        Read(token, "top_logprobs"u8, ref top);
        List<byte>? bytes = null;
        foreach (JsonElement value in token.Items("bytes"u8))
        {
            if (value.ValueKind == JsonValueKind.Number && value.TryGetByte(out byte one))
                (bytes ??= []).Add(one);
        }

        double logProb = token.Member("logprob"u8) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out double parsed) ? parsed : double.NaN;
        return new TokenLogProb(token.Text("token"u8) ?? "", logProb) { Bytes = bytes, Top = top ?? (IReadOnlyList<TokenLogProb>)[] };
    }
}
