using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace AzOpenAI;

/// <summary>
/// A dictionary whose entries PowerShell prints with a view of ours. No view can be tied to a dictionary: the shell prints the entries that it enumerates without
/// their type, and nothing but the printing enumerates them so.
/// </summary>
/// <typeparam name="TValue">What the names stand for.</typeparam>
public sealed class ShownDictionary<TValue> : Dictionary<string, TValue>, IEnumerable
{
    /// <summary>Creates an empty dictionary.</summary>
    public ShownDictionary()
    {
    }

    private ShownDictionary(IReadOnlyDictionary<string, TValue> values, IEqualityComparer<string>? comparer)
        : base(values, comparer)
    {
    }

    /// <summary>A copy that compares names as the original does.</summary>
    [return: NotNullIfNotNull(nameof(values))]
    internal static IReadOnlyDictionary<string, TValue>? Of(IReadOnlyDictionary<string, TValue>? values) =>
        values is null or ShownDictionary<TValue> ? values : new ShownDictionary<TValue>(values, (values as Dictionary<string, TValue>)?.Comparer);

    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", this.Select(static entry => $"{entry.Key}={entry.Value}"));

    IEnumerator IEnumerable.GetEnumerator()
    {
        foreach ((string name, TValue value) in this)
            yield return new ShownEntry(name, value);
    }
}
