using System.Text.RegularExpressions;

namespace AzOpenAI.Emulator.DataPlane.Embeddings;

/// <summary>A vector of length one from an input's words: each word has its own direction.</summary>
internal static partial class UnitVector
{
    /// <param name="input">A text or token IDs.</param>
    /// <param name="native">Dimensions of the model's own vectors.</param>
    /// <param name="dimensions">Requested dimensions; a shorter vector is the start of the native one, normalized again.</param>
    public static float[] Of(PromptInput input, int native, int dimensions)
    {
        double[] sum = new double[native];
        foreach (ulong seed in Seeds(input))
        {
            ulong state = seed;
            for (int i = 0; i < native; i++)
            {
                state = Next(state);
                sum[i] += (state >> 11) * (2.0 / (1UL << 53)) - 1;
            }
        }

        double length = Math.Sqrt(sum.Take(dimensions).Sum(v => v * v));
        return [.. sum.Take(dimensions).Select(v => (float)(v / length))];
    }

    private static IEnumerable<ulong> Seeds(PromptInput input)
    {
        if (input.TokenIds is { } ids)
        {
            return ids.Select(id => Next((ulong)id + 1));
        }

        ulong[] words = [.. Word().Matches(input.Text).Select(m => Hash(m.Value.ToLowerInvariant()))];
        return words.Length > 0 ? words : [Hash(input.Text)];
    }

    /// <summary>FNV-1a, the same on every machine.</summary>
    private static ulong Hash(string text) => text.Aggregate(14695981039346656037UL, (hash, c) => (hash ^ c) * 1099511628211UL);

    /// <summary>A step of xorshift; zero would remain zero.</summary>
    private static ulong Next(ulong state)
    {
        state = state == 0 ? 0x9E3779B97F4A7C15UL : state;
        state ^= state << 13;
        state ^= state >> 7;
        return state ^ (state << 17);
    }

    [GeneratedRegex(@"[\p{L}\p{N}]+")]
    private static partial Regex Word();
}
