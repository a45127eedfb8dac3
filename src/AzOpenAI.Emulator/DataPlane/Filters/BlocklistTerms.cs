using System.Text.RegularExpressions;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.DataPlane.Filters;

/// <summary>The items of a blocklist, copied for one request. An exact term is matched anywhere in the text, ignoring case.</summary>
internal sealed class BlocklistTerms(BlocklistState list)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    private readonly (string Pattern, bool IsRegex)[] _items = [.. list.Items.Values.Select(i => (i.Text("pattern") ?? "", i.Flag("isRegex")))];

    public string Name { get; } = list.Name;

    public bool Match(string text) => Array.Exists(_items, item => item.IsRegex
        ? MatchRegex(item.Pattern, text)
        : text.Contains(item.Pattern, StringComparison.OrdinalIgnoreCase));

    private static bool MatchRegex(string pattern, string text)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.None, Longest);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
