namespace AzOpenAI;

/// <summary>What became of a call that a model asked for.</summary>
public enum ToolRunStatus : long
{
    /// <summary>It ran.</summary>
    Completed,

    /// <summary>It ran, with an error.</summary>
    Failed,

    /// <summary>The user said no. It did not run.</summary>
    Declined,

    /// <summary>The arguments do not fit the tool. It did not run.</summary>
    InvalidArguments,

    /// <summary>There is no such tool. Nothing ran.</summary>
    UnknownTool,

    /// <summary>-WhatIf: it was shown and did not run.</summary>
    WhatIf,
}
