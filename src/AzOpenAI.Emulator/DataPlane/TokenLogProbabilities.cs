using System.Text;
using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>Log probabilities that only depend on the token: the chosen one is always the most likely.</summary>
internal static class TokenLogProbabilities
{
    /// <summary>The logprobs of a chat choice or chunk.</summary>
    public static JsonObject Chat(IReadOnlyList<string> content, IReadOnlyList<string>? refusal, int top) => new()
    {
        ["content"] = refusal is null ? Entries(content, top) : null,
        ["refusal"] = refusal is null ? null : Entries(refusal, top),
    };

    /// <summary>The logprobs of a legacy completion.</summary>
    /// <param name="tokens">The tokens of the text.</param>
    /// <param name="top">Alternatives for each.</param>
    /// <param name="echoed">Number of tokens at the start that belong to the prompt; the very first doesn't have a probability.</param>
    /// <param name="offset">Characters before the first token.</param>
    public static JsonObject Completion(IReadOnlyList<string> tokens, int top, int echoed, int offset)
    {
        JsonArray probabilities = [];
        JsonArray alternatives = [];
        JsonArray offsets = [];
        for (int i = 0; i < tokens.Count; i++)
        {
            bool first = i == 0 && echoed > 0;
            probabilities.Add(first ? null : Of(tokens[i]));
            alternatives.Add(first || top == 0 ? null : new JsonObject(
                Enumerable.Range(0, top).Select(n => KeyValuePair.Create(Alternative(tokens[i], n), (JsonNode?)(Of(tokens[i]) - n)))));
            offsets.Add(offset);
            offset += tokens[i].Length;
        }

        return new JsonObject
        {
            ["tokens"] = new JsonArray([.. tokens.Select(t => (JsonNode?)t)]),
            ["token_logprobs"] = probabilities,
            ["top_logprobs"] = top == 0 ? null : alternatives,
            ["text_offset"] = offsets,
        };
    }

    private static JsonArray Entries(IReadOnlyList<string> tokens, int top) => new([.. tokens.Select(token =>
    {
        JsonObject entry = Entry(token, Of(token));
        entry["top_logprobs"] = new JsonArray([.. Enumerable.Range(0, top).Select(n => (JsonNode?)Entry(Alternative(token, n), Of(token) - n))]);
        return (JsonNode?)entry;
    })]);

    private static JsonObject Entry(string token, double probability) => new()
    {
        ["token"] = token,
        ["logprob"] = probability,
        ["bytes"] = new JsonArray([.. Encoding.UTF8.GetBytes(token).Select(b => (JsonNode?)(int)b)]),
    };

    private static string Alternative(string token, int rank) => rank == 0 ? token : token + new string('~', rank);

    /// <summary>Between -1 and 0, in hundredths.</summary>
    private static double Of(string token) => -(token.Sum(c => c * 31) % 100) / 100.0;
}
