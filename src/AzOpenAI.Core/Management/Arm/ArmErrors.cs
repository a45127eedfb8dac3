using System.Globalization;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>Turns responses of Azure Resource Manager into exceptions that make sense to a user.</summary>
internal static class ArmErrors
{
    /// <summary>Creates the exception for a response that reports a failure.</summary>
    public static AzOpenAIException FromAnswer(ArmResponse response, Context context)
    {
        ArmErrorBody body = ArmErrorBody.Parse(Redacted(response));
        var failure = new ArmFailure(response.Status, body.Code, body.Message, ArmTarget.Parse(response.RequestUri.AbsolutePath), context)
        {
            RetryAfter = response.Header("Retry-After"),
            RequestId = response.RequestId,
        };
        return Make(failure, response, response.Status);
    }

    /// <summary>True if a failure means that the cloud doesn't support the request's API version.</summary>
    public static bool IsOfApiVersion(ArmResponse response, Context context) => FromAnswer(response, context).ErrorId == nameof(Messages.ApiVersionRefused);

    /// <summary>Creates the exception for a long-running operation that failed.</summary>
    public static AzOpenAIException FromOperation(ArmResponse response, ArmRequest request, string state, Context context)
    {
        ArmErrorBody? body = ArmErrorBody.Read(response.Json());
        if (body is not null)
        {
            var failure = new ArmFailure(null, body.Code, body.Message, ArmTarget.Parse(request.Path), context) { RequestId = response.RequestId };
            if (ArmErrorMap.Map(failure) is var (errorId, _, _) && errorId != nameof(Messages.ServiceError))
                return Make(failure, response, null);
        }

        return Failure.Of(
            nameof(Messages.OperationFailed),
            ErrorKind.ServiceFailure,
            Facts(response, body?.Code, body?.Message, null),
            request.Activity ?? $"{request.Method} {request.Path}",
            state,
            body is null ? "no reason specified" : $"{body.Code}: {ArmErrorMap.Sentence(body.Message)}");
    }

    /// <summary>Creates the exception for a response that violates the protocol.</summary>
    public static AzOpenAIException InvalidResponse(ArmResponse response, string found, Exception? inner = null) => Failure.Of(
        nameof(Messages.InvalidResponse),
        ErrorKind.InvalidResponse,
        Facts(response, null, null, response.Status) with { InnerException = inner },
        response.RequestUri.Authority,
        $"HTTP {response.Status} with {found}");

    /// <summary>Creates the exception for a delay that the service requests and the caller doesn't allow.</summary>
    public static AzOpenAIException WaitTooLong(ArmResponse response, TimeSpan asked, OperationBudget budget)
    {
        ArmErrorBody body = ArmErrorBody.Parse(Redacted(response));
        return Failure.Of(
            nameof(Messages.WaitTooLong),
            response.Status == 429 ? ErrorKind.LimitReached : ErrorKind.Timeout,
            Facts(response, body.Code, body.Message, response.Status) with { RetryAfter = asked },
            RetryWait.Show(asked),
            RetryWait.Show(budget.Remaining));
    }

    /// <summary>Creates the exception for an operation that continues after the caller's time-out.</summary>
    public static AzOpenAIException OperationUnfinished(ArmRequest request, string state, OperationBudget budget) => Failure.Of(
        nameof(Messages.OperationUnfinished), ErrorKind.Timeout, request.Activity ?? $"{request.Method} {request.Path}", RetryWait.Show(budget.Total), state);

    /// <summary>The start of a body, as one line.</summary>
    public static string Excerpt(ArmResponse response) => ArmErrorBody.Text(Redacted(response));

    // Before parsing and truncating: a truncated secret wouldn't be found afterwards.
    private static BinaryData Redacted(ArmResponse response)
    {
        string text = response.Body.ToString();
        string shown = response.Secrets.Redact(text)!;
        return ReferenceEquals(shown, text) ? response.Body : BinaryData.FromString(shown);
    }

    private static AzOpenAIException Make(ArmFailure failure, ArmResponse response, int? status)
    {
        (string errorId, ErrorKind kind, object?[] arguments) = ArmErrorMap.Map(failure);
        return Failure.Of(errorId, kind, Facts(response, failure.Code, failure.Message, status), arguments);
    }

    private static AnswerFacts Facts(ArmResponse response, string? code, string? message, int? status)
    {
        return new AnswerFacts
        {
            Secrets = response.Secrets,
            StatusCode = status,
            ServiceCode = code,
            ServiceMessage = message,
            RequestId = response.RequestId,
            RetryAfter = double.TryParse(response.Header("Retry-After"), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is >= 0 and < 1e9
                ? TimeSpan.FromSeconds(seconds)
                : null,
            // A successful response that couldn't be read may contain keys; only failures are kept.
            ResponseBody = status is >= 400 && !response.Body.ToMemory().IsEmpty ? response.Body.ToString() : null,
        };
    }
}
