using System.Management.Automation;
using AzOpenAI.Core.Bulk;
using AzOpenAI.Core.DataPlane;

namespace AzOpenAI.Chat;

/// <summary>One input of many, with all that its call needs.</summary>
internal sealed class BulkItem(int index, PSObject? input)
{
    /// <summary>Position among the inputs, from 0.</summary>
    public int Index { get; } = index;

    /// <summary>The input.</summary>
    public PSObject? Input { get; } = input;

    /// <summary>What an error is about.</summary>
    public object? Target { get; set; }

    /// <summary>Who calls.</summary>
    public DataPlaneClient? Client { get; set; }

    /// <summary>What to ask; null where it could not be put together.</summary>
    public ChatRequest? Request { get; set; }

    /// <summary>Where its outcome stands in the journal.</summary>
    public JournalKey Key { get; set; }
}
