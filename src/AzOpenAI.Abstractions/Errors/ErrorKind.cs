namespace AzOpenAI;

/// <summary>What went wrong, in the terms a caller decides by. The shell maps it to its own error categories.</summary>
public enum ErrorKind : long
{
    /// <summary>The caller's input is wrong: a name, a form, a value out of range.</summary>
    InvalidInput,

    /// <summary>No credential, an expired or foreign token, a wrong key.</summary>
    Authentication,

    /// <summary>The caller is known but may not do this.</summary>
    PermissionDenied,

    /// <summary>The object does not exist.</summary>
    NotFound,

    /// <summary>The object exists already, or the name is taken.</summary>
    AlreadyExists,

    /// <summary>Another operation holds the object.</summary>
    Busy,

    /// <summary>The service refuses for a state of its own: not offered, retired, disabled.</summary>
    NotAvailable,

    /// <summary>Quota, capacity or rate limit.</summary>
    LimitReached,

    /// <summary>The content filter refused.</summary>
    ContentFiltered,

    /// <summary>No answer within the time allowed.</summary>
    Timeout,

    /// <summary>The service cannot be reached, or broke the connection.</summary>
    Connection,

    /// <summary>The answer is not what the protocol promises.</summary>
    InvalidResponse,

    /// <summary>The service failed.</summary>
    ServiceFailure,
}
