namespace AzOpenAI;

/// <summary>The kind of an error, as far as it matters to callers. The shell maps it to its own error categories.</summary>
public enum ErrorKind : long
{
    /// <summary>The caller's input is invalid: a name, a format, a value out of range.</summary>
    InvalidInput,

    /// <summary>No credential, an expired token or one for another audience, an invalid key.</summary>
    Authentication,

    /// <summary>The caller is authenticated but not authorized.</summary>
    PermissionDenied,

    /// <summary>The object doesn't exist.</summary>
    NotFound,

    /// <summary>The object already exists, or the name isn't available.</summary>
    AlreadyExists,

    /// <summary>Another operation on the object is in progress.</summary>
    Busy,

    /// <summary>The service rejects the request because of a state: not offered, retired, disabled.</summary>
    NotAvailable,

    /// <summary>Quota, capacity or rate limit.</summary>
    LimitReached,

    /// <summary>The content filter blocked it.</summary>
    ContentFiltered,

    /// <summary>No response within the time allowed.</summary>
    Timeout,

    /// <summary>The service can't be reached, or the network connection was interrupted.</summary>
    Connection,

    /// <summary>The response doesn't match the protocol.</summary>
    InvalidResponse,

    /// <summary>The service failed.</summary>
    ServiceFailure,
}
