using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace AzOpenAI;

/// <summary>
/// Lists that PowerShell can index. It finds the indexer of public types only, and a collection expression makes lists of internal ones: of such a list
/// <c>$x.Items[0]</c> is all of it.
/// </summary>
internal static class Indexable
{
    /// <summary>The list, as a type that can be indexed.</summary>
    [return: NotNullIfNotNull(nameof(list))]
    public static IReadOnlyList<T>? Of<T>(IReadOnlyList<T>? list) =>
        list is null or T[] or List<T> or ReadOnlyCollection<T> ? list : new ReadOnlyCollection<T>([.. list]);
}
