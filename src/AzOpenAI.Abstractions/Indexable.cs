using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;

namespace AzOpenAI;

/// <summary>
/// Lists that PowerShell can index. It finds the indexers of public types only, and a collection expression creates lists of internal types, for which
/// <c>$x.Items[0]</c> returns the whole list.
/// </summary>
internal static class Indexable
{
    /// <summary>Returns the list as a type that can be indexed.</summary>
    [return: NotNullIfNotNull(nameof(list))]
    public static IReadOnlyList<T>? Of<T>(IReadOnlyList<T>? list) =>
        list is null or T[] or List<T> or ReadOnlyCollection<T> ? list : new ReadOnlyCollection<T>([.. list]);
}
