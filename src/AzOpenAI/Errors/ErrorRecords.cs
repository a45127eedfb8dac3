using System.Management.Automation;
using System.Security;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Errors;

/// <summary>The only place that creates error records. The ErrorId is the name of a message resource; the target is the user's input.</summary>
internal static class ErrorRecords
{
    /// <summary>Creates the record for a failure.</summary>
    /// <param name="exception">The exception of a service or the module.</param>
    /// <param name="target">The user's input; for anything with a key, its endpoint or name.</param>
    public static ErrorRecord From(Exception exception, object? target)
    {
        AzOpenAIException failure = exception as AzOpenAIException
            ?? new AzOpenAIException(nameof(Messages.UnexpectedFailure), ErrorKind.ServiceFailure,
                Failure.Format(nameof(Messages.UnexpectedFailure), exception.GetType().Name, exception.Message), exception)
            { Suggestion = Failure.Suggest(nameof(Messages.UnexpectedFailure)) };

        return new ErrorRecord(failure, failure.ErrorId, CategoryOf(failure.Kind), Presentable(target)) { ErrorDetails = new ErrorDetails(Describe(failure)) };
    }

    // Part of the text so that it's in logs that print "$_". RecommendedAction would make the shell print it twice.
    private static string Describe(AzOpenAIException failure)
    {
        List<string> facts = [];
        if (failure.ServiceCode is not null)
            facts.Add(ConsoleText.Clean(failure.ServiceCode));
        if (failure.StatusCode is int status)
            facts.Add($"HTTP {status}");
        if (failure.RequestId is not null)
            facts.Add($"request {ConsoleText.Clean(failure.RequestId)}");

        string text = failure.Suggestion is null ? failure.Message : $"{failure.Message} {failure.Suggestion}";
        return facts.Count == 0 ? text : $"{text} ({string.Join(", ", facts)})";
    }

    private static object? Presentable(object? target) => target switch
    {
        // The properties of a row are those of the PSObject.
        PSObject { BaseObject: PSCustomObject } row => row,
        PSObject wrapped => Presentable(wrapped.BaseObject),
        IConnectionSource source when source is not Deployment => Presentable(source.Connection.Endpoint),
        Uri { IsAbsoluteUri: true, UserInfo.Length: > 0 } address => ShownText.Address(address),
        SecureString => null,
        _ => target,
    };

    private static ErrorCategory CategoryOf(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidInput => ErrorCategory.InvalidArgument,
        ErrorKind.Authentication => ErrorCategory.AuthenticationError,
        ErrorKind.PermissionDenied => ErrorCategory.PermissionDenied,
        ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.AlreadyExists => ErrorCategory.ResourceExists,
        ErrorKind.Busy => ErrorCategory.ResourceBusy,
        ErrorKind.NotAvailable => ErrorCategory.ResourceUnavailable,
        ErrorKind.LimitReached => ErrorCategory.LimitsExceeded,
        ErrorKind.ContentFiltered => ErrorCategory.SecurityError,
        ErrorKind.Timeout => ErrorCategory.OperationTimeout,
        ErrorKind.Connection => ErrorCategory.ConnectionError,
        ErrorKind.InvalidResponse => ErrorCategory.InvalidResult,
        ErrorKind.ServiceFailure => ErrorCategory.ResourceUnavailable,
        _ => ErrorCategory.NotSpecified,
    };
}
