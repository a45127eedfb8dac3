using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace AzOpenAI;

/// <summary>
/// A dictionary whose entries PowerShell prints with our view. A view can't be defined for a dictionary, because the shell prints the entries that it enumerates
/// without their type, and only printing enumerates them this way.
/// </summary>
/// <typeparam name="TValue">The type of the values.</typeparam>
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

    /// <summary>Creates a copy that compares names like the original.</summary>
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
