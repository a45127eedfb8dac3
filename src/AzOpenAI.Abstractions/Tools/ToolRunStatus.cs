namespace AzOpenAI;

/// <summary>The status of a tool call that a model requested.</summary>
public enum ToolRunStatus : long
{
    /// <summary>It ran.</summary>
    Completed,

    /// <summary>It ran with an error.</summary>
    Failed,

    /// <summary>The user declined. It didn't run.</summary>
    Declined,

    /// <summary>The arguments don't match the tool. It didn't run.</summary>
    InvalidArguments,

    /// <summary>The tool doesn't exist. Nothing ran.</summary>
    UnknownTool,

    /// <summary>-WhatIf: it was shown and didn't run.</summary>
    WhatIf,
}
