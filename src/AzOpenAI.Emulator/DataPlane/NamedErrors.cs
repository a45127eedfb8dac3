using System.Globalization;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>
/// The error responses of the data plane by name, for [[error:NAME]] in a prompt and for the fault "error". Errors caused by the state of a resource
/// are included, so that a client can be tested without that state.
/// </summary>
internal static class NamedErrors
{
    private const string Unverified = "The emulator was asked for this status; the service's own body is not known.";

    private static readonly Dictionary<string, Func<int, Reply>> ByName = new(StringComparer.Ordinal)
    {
        ["deployment_not_found"] = _ => DataPlaneErrors.DeploymentNotFound().Reply,
        ["resource_not_found"] = _ => DataPlaneErrors.ResourceNotFound().Reply,
        ["api_version"] = _ => DataPlaneErrors.ApiVersionNotSupported().Reply,
        // The placeholder is literal: the service doesn't replace it.
        ["model_api_version"] = _ => DataPlaneErrors.EnabledOnlyFor("Model {modelName}", "2024-12-01-preview").Reply,
        ["invalid_key"] = _ => DataPlaneErrors.InvalidKey().Reply,
        ["invalid_token"] = _ => DataPlaneErrors.InvalidToken().Reply,
        ["permission_denied"] = _ => DataPlaneErrors.PermissionDenied().Reply,
        ["missing_data_action"] = _ => DataPlaneErrors.Front(
            401, "PermissionDenied",
            "The principal `bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb` lacks the required data action "
            + "`Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action` to perform `POST /openai/deployments/{deployment-id}/chat/completions` "
            + "operation. For instructions on granting the necessary permissions, see https://aka.ms/FoundryPermissions.").Reply,
        ["missing_subscription_key"] = _ => DataPlaneErrors.MissingSubscriptionKey().Reply,
        ["keys_disabled"] = _ => DataPlaneErrors.KeysDisabled().Reply,
        ["firewall"] = _ => DataPlaneErrors.FirewallDenied().Reply.With("policy-id", "ThrowExceptionDueToTrafficDenied"),
        ["public_access"] = _ => DataPlaneErrors.PublicAccessDisabled().Reply,
        ["virtual_network"] = _ => DataPlaneErrors.Front(
            403, "403",
            "A Virtual Network is configured for this resource. Please use the correct endpoint for making requests. Check https://aka.ms/cogsvc-vnet for more details.").Reply,
        ["operation_not_supported"] = _ => DataPlaneErrors.OperationNotSupported("chatCompletion", "text-embedding-3-large").Reply,
        ["content_filter"] = _ => DataPlaneErrors.ContentFiltered(Jailbreak(whole: true)).Reply,
        ["content_filter_gateway"] = _ => DataPlaneErrors.ContentFilteredByGateway(Jailbreak(whole: false)).Reply,
        ["context_length"] = _ => DataPlaneErrors.ContextLengthExceeded(4097, 4294, null).Reply,
        // Here the code is a number, unlike in all other errors.
        ["on_your_data"] = _ => new Reply
        {
            Status = 400,
            Body = new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["requestid"] = Guid.NewGuid().ToString(),
                    ["code"] = 400,
                    ["message"] = "Invalid AzureCognitiveSearch configuration detected: the emulator was asked for this error.",
                },
            },
        },
        ["timeout"] = _ => DataPlaneErrors.Front(408, "Timeout", "The operation was timeout.").Reply,
        ["too_large"] = _ => DataPlaneErrors.ContentTooLarge(26214400, 26214401).Reply,
        ["failed_dependency"] = _ => DataPlaneErrors.Front(424, "424", Unverified).Reply,
        ["rate_limit"] = seconds => DataPlaneErrors.RateLimitExceeded(seconds).Reply,
        ["rate_limit_requests"] = seconds => DataPlaneErrors.RateLimitExceeded("ChatCompletions_Create", "2024-10-21", tokens: false, seconds).Reply,
        ["rate_limit_tokens"] = seconds => DataPlaneErrors.RateLimitExceeded("ChatCompletions_Create", "2024-10-21", tokens: true, seconds).Reply,
        ["rate_limit_regional"] = seconds => RetryAfter(seconds, string.Create(
            CultureInfo.InvariantCulture,
            $"Your requests to gpt-5.1 for gpt-5.1 in East US 2 have exceeded the token rate limit for your current AIServices S0 pricing tier. This request was for "
            + $"ChatCompletions_Create under Azure OpenAI API version 2025-03-01-preview. Please retry after {seconds} seconds. To increase your default rate limit, "
            + $"visit: https://aka.ms/oai/quotaincrease.")),
        ["rate_limit_misspelt"] = seconds => WithoutRetryAfter(DataPlaneErrors.RateLimitExceeded("ChatCompletions_Create", "2024-10-21", tokens: true, seconds).Reply, seconds),
        ["capacity"] = seconds => RetryAfter(seconds, string.Create(
            CultureInfo.InvariantCulture,
            $"The system is currently experiencing high demand and cannot process your request. Your request exceeds the maximum usage size allowed during peak load. "
            + $"Please retry after {seconds} seconds. For improved latency reliability, consider switching to Provisioned Throughput.")),
        ["provisioned"] = seconds => DataPlaneErrors.ProvisionedExhausted(seconds).Reply,
        ["server_error"] = _ => DataPlaneErrors.ServerError().Reply,
        ["internal_error"] = _ => new Reply
        {
            Status = 500,
            Body = new JsonObject { ["statusCode"] = 500, ["message"] = "Internal server error", ["activityId"] = Guid.NewGuid().ToString() },
        },
        ["unavailable"] = _ => DataPlaneErrors.Front(503, "503", "The server is currently overloaded. " + Unverified).Reply,
        ["gateway_timeout"] = _ => DataPlaneErrors.Front(504, "504", Unverified).Reply,
        ["openai_invalid_api_key"] = _ => OpenAIErrors.InvalidKey("sk-emulator").Reply,
        ["openai_model_not_found"] = _ => OpenAIErrors.ModelNotFound("fake_id").Reply,
    };

    public static IEnumerable<string> Names => ByName.Keys;

    /// <summary>The response with that name; null if there is none.</summary>
    /// <param name="name">A name of <see cref="Names"/>.</param>
    /// <param name="seconds">The delay that a 429 requests.</param>
    public static Reply? Find(string name, int seconds = 1) => ByName.TryGetValue(name, out Func<int, Reply>? make) ? make(seconds) : null;

    private static JsonObject Jailbreak(bool whole)
    {
        JsonObject results = new() { ["jailbreak"] = new JsonObject { ["filtered"] = true, ["detected"] = true } };
        foreach (string category in whole ? Filters.FilterCategories.Severities : [])
        {
            results[category] = new JsonObject { ["filtered"] = false, ["severity"] = "safe" };
        }

        return results;
    }

    private static Reply RetryAfter(int seconds, string message) =>
        Errors.Simple(429, "429", message).With("Retry-After", seconds.ToString(CultureInfo.InvariantCulture));

    private static Reply WithoutRetryAfter(Reply reply, int seconds) => reply with
    {
        Headers = new Dictionary<string, string> { ["x-rate-limit-reset-tokens"] = seconds.ToString(CultureInfo.InvariantCulture) },
    };
}
