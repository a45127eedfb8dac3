using System.ClientModel.Primitives;
using System.Text;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Transport;

/// <summary>
/// Turns error responses into exceptions, by the code if the service sends one. Otherwise, or if the code is only a status, by known phrases of
/// its message.
/// </summary>
internal static class ServiceFailure
{
    /// <summary>Creates the exception for an unsuccessful response.</summary>
    public static AzOpenAIException From(DataPlaneCall call, PipelineResponse response, byte[] body)
    {
        // Before parsing: only the body's format shows what an escape stands for.
        string text = call.Secrets.Redact(Encoding.UTF8.GetString(body))!;
        ServiceErrorBody? error = ServiceErrorBody.Parse(Encoding.UTF8.GetBytes(text));
        AnswerFacts facts = call.Facts(response) with
        {
            ServiceCode = error?.Code,
            ServiceMessage = error?.Message,
            RetryAfter = call.Decision.Asked,
            ResponseBody = text.Length > 0 ? text : null,
            Partial = error?.ContentFilter is { Count: > 0 } filter ? filter : null,
        };
        if (response.Status is >= 300 and < 400)
            return Redirect(call, response, facts);
        if (call.Decision is { BudgetExceeded: true, Asked: { } asked })
        {
            return Failure.Of(
                nameof(Messages.WaitTooLong), ErrorKind.LimitReached, facts, RetryWait.Show(asked), RetryWait.Show(call.Session.Options.MaxWait));
        }

        return FromError(call, error ?? new ServiceErrorBody(), facts)
            ?? FromStatus(call, response.Status, error is null && LooksLikeHtml(text), error?.Message ?? response.ReasonPhrase, facts);
    }

    /// <summary>Creates the exception for an error inside a stream that started successfully.</summary>
    public static AzOpenAIException FromStream(DataPlaneCall call, ServiceErrorBody error, AnswerFacts facts)
    {
        facts = facts with { ServiceCode = error.Code, ServiceMessage = error.Message };
        return FromError(call, error, facts)
            ?? Failure.Of(nameof(Messages.ChatStreamFailed), ErrorKind.ServiceFailure, facts, call.Deployment, Reason(error));
    }

    /// <summary>Creates the exception for an error in a response with a success status.</summary>
    public static AzOpenAIException FromSuccess(DataPlaneCall call, ServiceErrorBody error, AnswerFacts facts)
    {
        facts = facts with { ServiceCode = error.Code, ServiceMessage = error.Message };
        string what = $"HTTP {facts.StatusCode} with an error: {Reason(error)}";
        return FromError(call, error, facts) ?? Failure.Of(nameof(Messages.InvalidResponse), ErrorKind.InvalidResponse, facts, call.Target.Host, what);
    }

    private static AzOpenAIException? FromError(DataPlaneCall call, ServiceErrorBody error, AnswerFacts facts)
    {
        string host = call.Target.Host;
        string message = error.Message ?? "";
        AzOpenAIException Parameter(string errorId) =>
            Failure.Of(errorId, ErrorKind.InvalidInput, facts, ParameterNames.Show(error.Parameter), call.Deployment, message);
        bool Says(string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);

        switch (error.Code)
        {
            case "DeploymentNotFound":
                return Failure.Of(nameof(Messages.DeploymentNotFound), ErrorKind.NotFound, facts, call.Deployment, host);
            case "model_not_found":
                return Failure.Of(nameof(Messages.ModelNotFound), ErrorKind.NotFound, facts, call.Deployment, host);
            case "content_filter" or "content_policy_violation" or "contentFilter":
                return Filtered(error, facts);
            case "context_length_exceeded":
                return Failure.Of(nameof(Messages.ContextLengthExceeded), ErrorKind.InvalidInput, facts, message);
            case "OperationNotSupported":
                return Failure.Of(nameof(Messages.OperationNotSupported), ErrorKind.InvalidInput, facts, call.Deployment, message);
            case "unsupported_value":
                return Parameter(nameof(Messages.UnsupportedValue));
            case "unsupported_parameter":
                return Parameter(nameof(Messages.UnsupportedParameter));
            case "unknown_parameter":
                return Parameter(nameof(Messages.UnknownParameter));
            case "AuthenticationTypeDisabled":
                return Failure.Of(nameof(Messages.KeysDisabled), ErrorKind.NotAvailable, facts, host);
            case "PermissionDenied":
                return RoleMissing(call, facts);
        }

        if (error.InnerCode == "ResponsibleAIPolicyViolation")
            return Filtered(error, facts);
        if (facts.StatusCode is 401 or 403)
            return null;
        if (Says("maximum context length"))
            return Failure.Of(nameof(Messages.ContextLengthExceeded), ErrorKind.InvalidInput, facts, message);
        if (Says("Unsupported parameter"))
            return Parameter(nameof(Messages.UnsupportedParameter));
        if (Says("Unsupported value"))
            return Parameter(nameof(Messages.UnsupportedValue));
        if (Says("Unknown parameter") || Says("Unrecognized request argument"))
            return Parameter(nameof(Messages.UnknownParameter));
        if (Says("API version not supported") || Says("enabled only for api version"))
            return Failure.Of(nameof(Messages.ApiVersionRejected), ErrorKind.InvalidInput, facts, call.Session.Connection.ApiVersion ?? "v1", message);
        if (Says("overloaded") || Says("experiencing high demand"))
            return Failure.Of(nameof(Messages.ServiceBusy), ErrorKind.LimitReached, facts, host, message);
        return null;
    }

    private static AzOpenAIException FromStatus(DataPlaneCall call, int status, bool html, string? message, AnswerFacts facts)
    {
        string host = call.Target.Host;
        string version = call.Session.Connection.ApiVersion ?? "v1";
        string budget = RetryWait.Show(call.Session.Options.MaxWait);
        message = string.IsNullOrWhiteSpace(message) ? $"HTTP {status}" : message.Trim();
        return status switch
        {
            401 => AccessFailure.Unauthorized(call, message, facts),
            403 => AccessFailure.Forbidden(call, message, facts),
            404 => Failure.Of(nameof(Messages.PathNotFound), ErrorKind.NotFound, facts, ShownText.Address(call.Target), version),
            408 => Failure.Of(nameof(Messages.ServiceBusy), ErrorKind.Timeout, facts, host, message),
            413 => Failure.Of(nameof(Messages.RequestTooLarge), ErrorKind.InvalidInput, facts, message),
            // The status is documented for a paused deployment; its body isn't documented.
            423 => Failure.Of(nameof(Messages.DeploymentPaused), ErrorKind.NotAvailable, facts, call.Deployment, host),
            429 => Failure.Of(nameof(Messages.RateLimited), ErrorKind.LimitReached, facts, call.Deployment, budget, message),
            502 or 503 or 504 => Failure.Of(nameof(Messages.ServiceBusy), ErrorKind.ServiceFailure, facts, host, message),
            >= 500 => Failure.Of(nameof(Messages.ServiceError), ErrorKind.ServiceFailure, facts, host, status, message),
            _ when html => Failure.Of(nameof(Messages.InvalidResponse), ErrorKind.InvalidResponse, facts, host, $"HTTP {status} with a web page"),
            _ => Failure.Of(nameof(Messages.RequestRejected), ErrorKind.InvalidInput, facts, call.Deployment, message),
        };
    }

    /// <summary>The principal doesn't have the role for the call.</summary>
    public static AzOpenAIException RoleMissing(DataPlaneCall call, AnswerFacts facts) =>
        Failure.Of(nameof(Messages.RoleMissing), ErrorKind.PermissionDenied, facts, call.Target.Host, call.Session.Connection.ResourceId ?? call.Target.Host);

    private static AzOpenAIException Filtered(ServiceErrorBody error, AnswerFacts facts)
    {
        IEnumerable<string> categories = error.ContentFilter.Where(static result => result.Filtered)
            .Select(static result => result.Severity is { } severity ? $"{result.Category} ({severity})" : result.Category);
        string found = string.Join(", ", categories);
        return Failure.Of(nameof(Messages.ContentFiltered), ErrorKind.ContentFiltered, facts, found.Length > 0 ? found : "no category specified");
    }

    private static AzOpenAIException Redirect(DataPlaneCall call, PipelineResponse response, AnswerFacts facts)
    {
        bool named = response.Headers.TryGetValue("Location", out string? location);
        string target = named && Uri.TryCreate(call.Target, location, out Uri? uri) ? uri.Authority : "an unspecified host";
        return Failure.Of(nameof(Messages.RedirectRefused), ErrorKind.InvalidResponse, facts, call.Target.Authority, target);
    }

    private static string Reason(ServiceErrorBody error) => error.Message ?? error.Code ?? "no reason specified";

    private static bool LooksLikeHtml(string text) => text.AsSpan().TrimStart().StartsWith("<");
}
