using System.Globalization;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>Error responses of the data plane: the front end only returns code and message, the engine adds type and param.</summary>
internal static class DataPlaneErrors
{
    public static ReplyException InvalidKey() => Front(
        401, "401",
        "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct "
        + "regional API endpoint for your resource.");

    public static ReplyException InvalidToken() => new(new Reply
    {
        Status = 401,
        Body = new JsonObject
        {
            ["statusCode"] = 401,
            ["message"] = "Unauthorized. Access token is missing, invalid, audience is incorrect (https://cognitiveservices.azure.com), or have expired.",
        },
    });

    /// <summary>The service returns 401 for missing permissions, not 403.</summary>
    public static ReplyException PermissionDenied() => Front(401, "PermissionDenied", "Principal does not have access to API/Operation.");

    /// <summary>The response of an API Management front.</summary>
    public static ReplyException MissingSubscriptionKey() => new(new Reply
    {
        Status = 401,
        Body = new JsonObject
        {
            ["statusCode"] = 401,
            ["message"] = "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API.",
        },
    });

    public static ReplyException KeysDisabled() => Front(403, "AuthenticationTypeDisabled", "Key based authentication is disabled for this resource.");

    public static ReplyException FirewallDenied() => Front(403, "403", "Access denied due to Virtual Network/Firewall rules.");

    public static ReplyException PublicAccessDisabled() => Front(403, "403", "Public access is disabled. Please configure private endpoint.");

    public static ReplyException ResourceNotFound() => Front(404, "404", "Resource not found");

    public static ReplyException ApiVersionNotSupported() => Front(400, "BadRequest", "API version not supported");

    public static ReplyException DeploymentNotFound() => Front(
        404, "DeploymentNotFound",
        "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again.");

    public static ReplyException OperationNotSupported(string operation, string model) => Front(
        400, "OperationNotSupported",
        $"The {operation} operation does not work with the specified model, {model}. Please choose different model and try again. You can learn more about which "
        + "models can be used with each operation here: https://go.microsoft.com/fwlink/?linkid=2197993.");

    /// <summary>Documented status. Unverified: the body.</summary>
    public static ReplyException Paused(string deployment) => Front(423, "Locked", $"The deployment '{deployment}' is paused. Resume it to use it again.");

    public static ReplyException ServerError() => Engine(
        500,
        "The server had an error while processing your request. Sorry about that! You can retry your request, or contact us through an Azure support request at: "
        + "https://go.microsoft.com/fwlink/?linkid=2213926 if the error persists. (Please include the request ID GUID in your message.)",
        "server_error", null, null);

    public static ReplyException RateLimitExceeded(int seconds) => new(
        Errors.Simple(429, "429", string.Create(CultureInfo.InvariantCulture, $"Rate limit is exceeded. Try again in {seconds} seconds."))
            .With("Retry-After", seconds.ToString(CultureInfo.InvariantCulture)));

    public static ReplyException RateLimitExceeded(string operation, string apiVersion, bool tokens, int seconds) => new(
        Errors.Simple(
            429, "429",
            string.Create(
                CultureInfo.InvariantCulture,
                $"Requests to the {operation} Operation under Azure OpenAI API version {apiVersion} have exceeded {(tokens ? "token" : "call")} rate limit of your "
                + $"current OpenAI S0 pricing tier. Please retry after {seconds} seconds. Please go here: https://aka.ms/oai/quotaincrease if you would like to "
                + $"further increase the default rate limit."))
            .With("Retry-After", seconds.ToString(CultureInfo.InvariantCulture))
            .With(tokens ? "x-ratelimit-reset-tokens" : "x-ratelimit-reset-requests", seconds.ToString(CultureInfo.InvariantCulture))
            .With("policy-id", tokens ? "DeploymentRatelimit-Token" : "DeploymentRatelimit-Call"));

    public static ReplyException ContextLengthExceeded(int window, int messages, int? completion) => Engine(
        400,
        completion is { } asked
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"This model's maximum context length is {window} tokens. However, you requested {messages + asked} tokens ({messages} in the messages, {asked} in the "
                + $"completion). Please reduce the length of the messages or completion.")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"This model's maximum context length is {window} tokens. However, your messages resulted in {messages} tokens. Please reduce the length of the messages."),
        "invalid_request_error", "messages", "context_length_exceeded");

    /// <summary>The error of embeddings and legacy completions for a prompt that is too long.</summary>
    public static ReplyException PromptTooLong(int window, int prompt, int completion) => Engine(
        400,
        string.Create(
            CultureInfo.InvariantCulture,
            $"This model's maximum context length is {window} tokens, however you requested {prompt + completion} tokens ({prompt} in your prompt; {completion} for the "
            + $"completion). Please reduce your prompt; or completion length."),
        "invalid_request_error", null, null);

    public static ReplyException EnabledOnlyFor(string what, string version) =>
        Front(400, "BadRequest", $"{what} is enabled only for api versions {version} and later");

    public static ReplyException ContentFiltered(JsonObject results)
    {
        ReplyException error = Engine(
            400,
            "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry. To learn more "
            + "about our content filtering policies please read our documentation: https://go.microsoft.com/fwlink/?linkid=2198766",
            null, "prompt", "content_filter");
        JsonObject body = (JsonObject)error.Reply.Body!["error"]!;
        body["status"] = 400;
        body["innererror"] = new JsonObject { ["code"] = "ResponsibleAIPolicyViolation", ["content_filter_result"] = results };
        return error;
    }

    /// <summary>The other format, from the check in front of the engine: inner_error, plural results, a line break before the link.</summary>
    public static ReplyException ContentFilteredByGateway(JsonObject results) => new(new Reply
    {
        Status = 400,
        Body = new JsonObject
        {
            ["error"] = new JsonObject
            {
                ["inner_error"] = new JsonObject { ["code"] = "ResponsibleAIPolicyViolation", ["content_filter_results"] = results },
                ["code"] = "content_filter",
                ["message"] = "The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry. To "
                    + "learn more about our content filtering policies please read our documentation: \r\nhttps://go.microsoft.com/fwlink/?linkid=2198766.",
                ["param"] = "prompt",
                ["type"] = null,
            },
        },
    });

    public static ReplyException ContentTooLarge(int limit, int size) => Engine(
        413, string.Create(CultureInfo.InvariantCulture, $"Maximum content size limit ({limit}) exceeded ({size} bytes read)"), "server_error", null, null);

    /// <summary>A provisioned deployment at full utilization: the delay is short and also specified in milliseconds.</summary>
    public static ReplyException ProvisionedExhausted(int seconds) => new(
        Errors.Simple(429, "429", string.Create(CultureInfo.InvariantCulture, $"Rate limit is exceeded. Try again in {seconds} seconds."))
            .With("Retry-After", seconds.ToString(CultureInfo.InvariantCulture))
            .With("retry-after-ms", Math.Min(43, seconds * 1000).ToString(CultureInfo.InvariantCulture)));

    public static ReplyException UnsupportedParameter(string name, CatalogueModel model)
    {
        string hint = name == "max_tokens" && model.ParameterRules.MaxTokensParameter is { } other ? $" Use '{other}' instead." : "";
        return Engine(
            400, $"Unsupported parameter: '{name}' is not supported with this model.{hint}", "invalid_request_error", name, "unsupported_parameter");
    }

    public static ReplyException UnsupportedValue(string name, string value, string hint) => Engine(
        400, $"Unsupported value: '{name}' does not support {value} with this model. {hint}", "invalid_request_error", name, "unsupported_value");

    /// <summary>Models of the 5.6 generation support function tools in chat completions only without reasoning.</summary>
    public static ReplyException ToolsNeedNoReasoning(string model) => Engine(
        400,
        $"Function tools with reasoning_effort are not supported for {model} in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort "
        + "to 'none'.", "invalid_request_error", "reasoning_effort", null);

    public static ReplyException UnknownParameter(string name) =>
        Engine(400, $"Unknown parameter: '{name}'.", "invalid_request_error", name, "unknown_parameter");

    public static ReplyException Invalid(string message, string? param, string? code) => Engine(400, message, "invalid_request_error", param, code);

    public static ReplyException Front(int status, string code, string message) => new(Errors.Simple(status, code, message));

    private static ReplyException Engine(int status, string message, string? type, string? param, string? code) => new(new Reply
    {
        Status = status,
        Body = new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = param, ["code"] = code } },
    });
}
