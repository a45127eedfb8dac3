using System.Collections;
using System.Management.Automation;

namespace AzOpenAI.Parameters;

/// <summary>The text of users' input: strings unchanged, everything else as PowerShell converts it to a string.</summary>
internal static class ChatText
{
    /// <summary>The text of one object.</summary>
    public static string Of(PSObject value)
    {
        ConnectionIdentity.RefuseDeserialized(value);
        return value.BaseObject switch
        {
            string text => text,
            // The BaseObject of a custom object prints nothing; the PSObject prints @{Name=...}.
            PSCustomObject => value.ToString(),
            IEnumerable many => string.Join('\n', many.Cast<object?>().Select(item => item is null ? "" : Of(PSObject.AsPSObject(item)))),
            _ => LanguagePrimitives.ConvertTo<string>(value),
        };
    }
}
