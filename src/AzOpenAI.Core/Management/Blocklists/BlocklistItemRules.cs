using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Blocklists;

/// <summary>The service's documented rules for blocklist items.</summary>
public static partial class BlocklistItemRules
{
    /// <summary>Maximum length of a pattern, in characters.</summary>
    public const int MaxPatternLength = 1000;

    /// <summary>Items in one request. The service doesn't document a limit: this one keeps a body under 1 MB and makes a rejection easy to trace.</summary>
    public const int MaxBatch = 100;

    /// <summary>A name for an item that was specified only by its pattern. It is derived from the pattern, so that adding it twice creates one item.</summary>
    public static string NameFor(string pattern, bool isRegex)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{(isRegex ? "regex" : "term")}:{pattern}"));
        return $"{(isRegex ? "regex" : "term")}-{Convert.ToHexStringLower(hash.AsSpan(0, 8))}";
    }

    /// <summary>Checks that the service accepts the item.</summary>
    /// <exception cref="AzOpenAIException">BlocklistItemInvalid.</exception>
    public static void Check(string name, string pattern)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(pattern);
        string? problem = pattern.Length == 0 ? "it doesn't have a pattern"
            : pattern.Length > MaxPatternLength ? $"its pattern is {pattern.Length} characters long"
            : !IsName(name) ? "its name contains an invalid character"
            : null;
        if (problem is not null)
            throw Failure.Of(nameof(Messages.BlocklistItemInvalid), ErrorKind.InvalidInput, name, problem);
    }

    /// <summary>True if it is a valid name for a blocklist or an item.</summary>
    public static bool IsName(string name) => NamePattern().IsMatch(name) && ArmName.IsValid(name);

    [GeneratedRegex(@"\A[0-9A-Za-z._~-]+\z")]
    private static partial Regex NamePattern();
}
