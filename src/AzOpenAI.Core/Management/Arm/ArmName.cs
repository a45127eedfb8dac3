using System.Buffers;
using System.Globalization;
using System.Text;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>
/// Checks that a name can be one part of an Azure Resource Manager ID. Names that could lead to another object (a slash, dots alone, a query, an escape) are
/// rejected and not escaped: gateways may decode them. The rules of each kind of object are stricter; they are checked when one is created.
/// </summary>
public static class ArmName
{
    // Characters that resource names of Azure can't contain; '%' also prevents double decoding.
    private static readonly SearchValues<char> Never = SearchValues.Create("/\\?#%&<>:*\"|");

    /// <summary>True if it can be one part of an ID.</summary>
    public static bool IsValid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (string.IsNullOrWhiteSpace(name) || name.All(static character => character == '.') || name.Trim() != name || name.AsSpan().ContainsAny(Never))
            return false;
        foreach (Rune rune in name.EnumerateRunes())
        {
            // Half a surrogate pair is decoded to U+FFFD.
            if (rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune)
                is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                return false;
        }

        return true;
    }

    /// <summary>Validates the name of a resource group.</summary>
    /// <exception cref="AzOpenAIException">ResourceGroupNameInvalid.</exception>
    public static string CheckResourceGroup(string name) => Check(name, nameof(Messages.ResourceGroupNameInvalid));

    /// <summary>Validates the name of a resource.</summary>
    /// <exception cref="AzOpenAIException">ResourceNameInvalid.</exception>
    public static string CheckResource(string name) => Check(name, nameof(Messages.ResourceNameInvalid));

    /// <summary>Validates the name of a deployment.</summary>
    /// <exception cref="AzOpenAIException">DeploymentNameInvalid.</exception>
    public static string CheckDeployment(string name) => Check(name, nameof(Messages.DeploymentNameInvalid));

    /// <summary>Validates the name of a content filter.</summary>
    /// <exception cref="AzOpenAIException">ContentFilterNameInvalid.</exception>
    public static string CheckContentFilter(string name) => Check(name, nameof(Messages.ContentFilterNameInvalid));

    /// <summary>Validates the name of a blocklist.</summary>
    /// <exception cref="AzOpenAIException">BlocklistNameInvalid.</exception>
    public static string CheckBlocklist(string name) => Check(name, nameof(Messages.BlocklistNameInvalid));

    /// <summary>Validates the name of a blocklist item.</summary>
    /// <exception cref="AzOpenAIException">BlocklistItemNameInvalid.</exception>
    public static string CheckBlocklistItem(string name) => Check(name, nameof(Messages.BlocklistItemNameInvalid));

    /// <summary>Validates the ID of a subscription.</summary>
    /// <exception cref="AzOpenAIException">SubscriptionIdInvalid.</exception>
    public static string CheckSubscription(string id) => Check(id, nameof(Messages.SubscriptionIdInvalid));

    private static string Check(string name, string errorId) => IsValid(name) ? name : throw Failure.Of(errorId, ErrorKind.InvalidInput, ShownText.OneLine(name));
}
