using System.Buffers;
using System.Globalization;
using System.Text;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Http;

/// <summary>
/// Names that stand in paths of requests. What could lead to another object (a slash, dots alone, a query, an escape) is refused and not escaped: gateways on
/// the way may decode it.
/// </summary>
internal static class PathSegment
{
    // What resource names of Azure leave out; '%' also keeps names from being decoded twice.
    private static readonly SearchValues<char> Never = SearchValues.Create("/\\?#%&<>:*\"|");

    /// <summary>The name of a deployment, escaped.</summary>
    /// <exception cref="AzOpenAIException">DeploymentNameInvalid.</exception>
    public static string OfDeployment(string name) =>
        IsValid(name) ? Uri.EscapeDataString(name) : throw Failure.Of(nameof(Messages.DeploymentNameInvalid), ErrorKind.InvalidInput, Shown(name));

    /// <summary>A refused text in a message, which has one line.</summary>
    public static string Shown(string text) => text.ReplaceLineEndings("\uFFFD");

    /// <summary>Whether it can be one part of a path.</summary>
    public static bool IsValid(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name is "." or ".." || name.Trim() != name || name.AsSpan().ContainsAny(Never))
            return false;
        foreach (Rune sign in name.EnumerateRunes())
        {
            // Half a surrogate pair is read as U+FFFD.
            if (sign == Rune.ReplacementChar || Rune.GetUnicodeCategory(sign)
                is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                return false;
        }

        return true;
    }
}
