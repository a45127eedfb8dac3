using System.Management.Automation;
using AzOpenAI.Core.Bulk;
using AzOpenAI.Core.DataPlane;

namespace AzOpenAI.Chat;

/// <summary>One of many inputs, with everything its call needs.</summary>
internal sealed class BulkItem(int index, PSObject? input)
{
    /// <summary>Position among the inputs, from 0.</summary>
    public int Index { get; } = index;

    /// <summary>The input.</summary>
    public PSObject? Input { get; } = input;

    /// <summary>The target of its errors.</summary>
    public object? Target { get; set; }

    /// <summary>The client.</summary>
    public DataPlaneClient? Client { get; set; }

    /// <summary>The request; null if it couldn't be created.</summary>
    public ChatRequest? Request { get; set; }

    /// <summary>The key of its outcome in the journal.</summary>
    public JournalKey Key { get; set; }
}
