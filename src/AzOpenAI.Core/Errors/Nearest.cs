namespace AzOpenAI.Core.Errors;

/// <summary>Finds names similar to one that doesn't exist.</summary>
internal static class Nearest
{
    /// <summary>The most similar names, closest match first; empty if none is similar.</summary>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> candidates, int count = 3)
    {
        string wanted = Simplify(name);
        return [.. candidates
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(c => (Name: c, Distance: Distance(wanted, Simplify(c))))
            .Where(c => c.Distance <= Math.Max(2, wanted.Length / 2))
            .OrderBy(c => c.Distance)
            .ThenBy(c => c.Name, StringComparer.OrdinalIgnoreCase)
            .Take(count)
            .Select(c => c.Name)];
    }

    /// <summary>The same as a string: <c>a, b, c</c>.</summary>
    public static string List(string name, IEnumerable<string> candidates, int count = 3) => string.Join(", ", Of(name, candidates, count));

    /// <summary>Lists the existing names, closest match first, as a sentence with a trailing space: <c>There is: a, b. </c></summary>
    /// <param name="name">The name that doesn't exist.</param>
    /// <param name="names">The existing names.</param>
    /// <param name="none">The sentence to use if there are no names.</param>
    public static string Describe(string name, IReadOnlyList<string> names, string none)
    {
        const int shown = 10;
        IReadOnlyList<string> nearest = Of(name, names);
        return names.Count == 0 ? none : $"Available: {string.Join(", ", nearest.Concat(names.Except(nearest)).Take(shown))}{(names.Count > shown ? " and more" : "")}. ";
    }

    // Case and separators are mixed up most often, so they are ignored.
    private static string Simplify(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static int Distance(string left, string right)
    {
        int[] previous = [.. Enumerable.Range(0, right.Length + 1)];
        int[] current = new int[right.Length + 1];
        for (int i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replace = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(replace, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
