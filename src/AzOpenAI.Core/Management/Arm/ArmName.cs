using System.Buffers;
using System.Globalization;
using System.Text;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>
/// Says that a name can be one part of an Azure Resource Manager id. What could lead to another object (a slash, dots alone, a query, an escape) is refused and
/// not escaped: gateways on the way may decode it. The rules of each kind of object are stricter; they are checked where one is made.
/// </summary>
public static class ArmName
{
    // What resource names of Azure leave out; '%' also keeps names from being decoded twice.
    private static readonly SearchValues<char> Never = SearchValues.Create("/\\?#%&<>:*\"|");

    /// <summary>Whether it can be one part of an id.</summary>
    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (string.IsNullOrWhiteSpace(name) || name.All(static character => character == '.') || name.Trim() != name || name.AsSpan().ContainsAny(Never))
            return false;
        foreach (Rune rune in name.EnumerateRunes())
        {
            // Half a surrogate pair is read as U+FFFD.
            if (rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                return false;
        }

        return true;
    }

    /// <summary>The name of a resource group.</summary>
    /// <exception cref="AzOpenAIException">ResourceGroupNameInvalid.</exception>
    public static string CheckResourceGroup(string name) => Check(name, nameof(Messages.ResourceGroupNameInvalid));

    /// <summary>The name of a resource.</summary>
    /// <exception cref="AzOpenAIException">ResourceNameInvalid.</exception>
    public static string CheckResource(string name) => Check(name, nameof(Messages.ResourceNameInvalid));

    /// <summary>The name of a deployment.</summary>
    /// <exception cref="AzOpenAIException">DeploymentNameInvalid.</exception>
    public static string CheckDeployment(string name) => Check(name, nameof(Messages.DeploymentNameInvalid));

    /// <summary>The name of a content filter.</summary>
    /// <exception cref="AzOpenAIException">ContentFilterNameInvalid.</exception>
    public static string CheckContentFilter(string name) => Check(name, nameof(Messages.ContentFilterNameInvalid));

    /// <summary>The name of a blocklist.</summary>
    /// <exception cref="AzOpenAIException">BlocklistNameInvalid.</exception>
    public static string CheckBlocklist(string name) => Check(name, nameof(Messages.BlocklistNameInvalid));

    /// <summary>The name of a blocklist item.</summary>
    /// <exception cref="AzOpenAIException">BlocklistItemNameInvalid.</exception>
    public static string CheckBlocklistItem(string name) => Check(name, nameof(Messages.BlocklistItemNameInvalid));

    /// <summary>The id of a subscription.</summary>
    /// <exception cref="AzOpenAIException">SubscriptionIdInvalid.</exception>
    public static string CheckSubscription(string id) => Check(id, nameof(Messages.SubscriptionIdInvalid));

    private static string Check(string name, string errorId) => IsValid(name) ? name : throw Failure.Of(errorId, ErrorKind.InvalidInput, ShownText.OneLine(name));
}
