using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Tests.Http;

namespace AzOpenAI.Core.Tests.DataPlane.Transport;

/// <summary>Every error body on record of the service becomes the right exception.</summary>
public sealed class ServiceFailureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(401, """{"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource."}}""", nameof(Messages.InvalidKey), ErrorKind.Authentication)]
    [InlineData(401, """{ "statusCode": 401, "message": "Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API." }""", nameof(Messages.InvalidKey), ErrorKind.Authentication)]
    [InlineData(401, """{"error":{"message":"Incorrect API key provided: fake_key. You can find your API key at https://platform.openai.com/account/api-keys.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}""", nameof(Messages.InvalidKey), ErrorKind.Authentication)]
    [InlineData(401, """{"error":{"code":"PermissionDenied","message":"Principal does not have access to API/Operation."}}""", nameof(Messages.RoleMissing), ErrorKind.PermissionDenied)]
    [InlineData(401, """{"error":{"code":"PermissionDenied","message":"The principal `OID` lacks the required data action `Microsoft.CognitiveServices/accounts/AIServices/agents/read` to perform `GET /x` operation."}}""", nameof(Messages.RoleMissing), ErrorKind.PermissionDenied)]
    [InlineData(403, """{"error":{"code":"AuthenticationTypeDisabled","message": "Key based authentication is disabled for this resource."}}""", nameof(Messages.KeysDisabled), ErrorKind.NotAvailable)]
    [InlineData(403, """{"error":{"code":"403","message": "Access denied due to Virtual Network/Firewall rules."}}""", nameof(Messages.NetworkAccessDenied), ErrorKind.PermissionDenied)]
    [InlineData(403, """{"error":{"code":"403","message":"Public access is disabled. Please configure private endpoint."}}""", nameof(Messages.NetworkAccessDenied), ErrorKind.PermissionDenied)]
    [InlineData(403, """{"error":{"code":"403","message":"A Virtual Network is configured for this resource. Please use the correct endpoint for making requests."}}""", nameof(Messages.NetworkAccessDenied), ErrorKind.PermissionDenied)]
    [InlineData(403, """{"error":{"code":"403","message":"Your resource has been temporarily blocked"}}""", nameof(Messages.ResourceBlocked), ErrorKind.NotAvailable)]
    [InlineData(403, "<html>Forbidden</html>", nameof(Messages.AccessDenied), ErrorKind.PermissionDenied)]
    [InlineData(404, """{"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again."}}""", nameof(Messages.DeploymentNotFound), ErrorKind.NotFound)]
    [InlineData(404, """{"error":{"code":"404","message": "Resource not found"}}""", nameof(Messages.PathNotFound), ErrorKind.NotFound)]
    [InlineData(404, "<html>Not found</html>", nameof(Messages.PathNotFound), ErrorKind.NotFound)]
    [InlineData(404, """{"error":{"message":"The model 'fake_id' does not exist","type":"invalid_request_error","param":"model","code":"model_not_found"}}""", nameof(Messages.ModelNotFound), ErrorKind.NotFound)]
    [InlineData(400, """{"error":{"code":"OperationNotSupported","message":"The chatCompletion operation does not work with the specified model, text-embedding-3-large. Please choose different model and try again."}}""", nameof(Messages.OperationNotSupported), ErrorKind.InvalidInput)]
    [InlineData(400, """{"error":{"message":"This model's maximum context length is 4097 tokens. However, your messages resulted in 4294 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}""", nameof(Messages.ContextLengthExceeded), ErrorKind.InvalidInput)]
    [InlineData(400, """{"error":{"message":"This model's maximum context length is 8192 tokens, however you requested 155434 tokens.","type":"invalid_request_error","param":null,"code":null}}""", nameof(Messages.ContextLengthExceeded), ErrorKind.InvalidInput)]
    [InlineData(400, """{"error":{"message":"Unsupported parameter: 'temperature' is not supported with this model.","type":"invalid_request_error","param":"temperature","code":null}}""", nameof(Messages.UnsupportedParameter), ErrorKind.InvalidInput)]
    [InlineData(400, """{"error":{"message":"Unsupported value: 'temperature' does not support 0.5 with this model. Only the default (1) value is supported.","type":"invalid_request_error","param":"temperature","code":"unsupported_value"}}""", nameof(Messages.UnsupportedValue), ErrorKind.InvalidInput)]
    [InlineData(400, """{"error":{"message":"Unknown parameter: 'reasoning_effort'.","type":"invalid_request_error","param":"reasoning_effort","code":"unknown_parameter"}}""", nameof(Messages.UnknownParameter), ErrorKind.InvalidInput)]
    [InlineData(400, """{"error":{"code":"BadRequest","message":"API version not supported"}}""", nameof(Messages.ApiVersionRejected), ErrorKind.InvalidInput)]
    [InlineData(400, """{"error":{"code":"BadRequest","message":"Model {modelName} is enabled only for api versions 2024-12-01-preview and later"}}""", nameof(Messages.ApiVersionRejected), ErrorKind.InvalidInput)]
    [InlineData(400, """{"error":{"requestid":"x","code":400,"message":"Invalid AzureCognitiveSearch configuration detected"}}""", nameof(Messages.RequestRejected), ErrorKind.InvalidInput)]
    [InlineData(400, "<html>Bad Request</html>", nameof(Messages.InvalidResponse), ErrorKind.InvalidResponse)]
    [InlineData(423, """{"error":{"code":"Locked","message":"x"}}""", nameof(Messages.DeploymentPaused), ErrorKind.NotAvailable)]
    [InlineData(408, """{"error":{"code":"Timeout","message":"The operation was timeout."}}""", nameof(Messages.ServiceBusy), ErrorKind.Timeout)]
    [InlineData(413, """{"error":{"message":"Maximum content size limit (26214400) exceeded (3 bytes read)","type":"server_error"}}""", nameof(Messages.RequestTooLarge), ErrorKind.InvalidInput)]
    [InlineData(429, """{"error":{"code":"429","message":"Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-05-01-preview have exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry after 86400 seconds. Please go here: https://aka.ms/oai/quotaincrease if you would like to further increase the default rate limit."}}""", nameof(Messages.RateLimited), ErrorKind.LimitReached)]
    [InlineData(429, """{"error":{"code":"429","message": "Rate limit is exceeded. Try again in 2 seconds."}}""", nameof(Messages.RateLimited), ErrorKind.LimitReached)]
    [InlineData(429, """{"error":{"code":"429","message":"The system is currently experiencing high demand and cannot process your request. Please retry after 20 seconds."}}""", nameof(Messages.ServiceBusy), ErrorKind.LimitReached)]
    [InlineData(500, """{"error":{"message":"The server had an error while processing your request. Sorry about that!","type":"server_error","param":null,"code":null}}""", nameof(Messages.ServiceError), ErrorKind.ServiceFailure)]
    [InlineData(500, """{ "statusCode": 500, "message": "Internal server error", "activityId": "GUID" }""", nameof(Messages.ServiceError), ErrorKind.ServiceFailure)]
    [InlineData(503, "<html>upstream</html>", nameof(Messages.ServiceBusy), ErrorKind.ServiceFailure)]
    [InlineData(424, "{}", nameof(Messages.RequestRejected), ErrorKind.InvalidInput)]
    [InlineData(418, "", nameof(Messages.RequestRejected), ErrorKind.InvalidInput)]
    public async Task Each_body_on_record_has_its_error(int status, string body, string errorId, ErrorKind kind)
    {
        foreach (bool stream in (bool[])[false, true])
        {
            AzOpenAIException error = await FailAsync(status, body, stream: stream);

            Assert.Equal(errorId, error.ErrorId);
            Assert.Equal(kind, error.Kind);
            Assert.Equal(status, error.StatusCode);
            Assert.Equal("r-1", error.RequestId);
            Assert.Equal(body.Length == 0 ? null : body, error.ResponseBody);
            Assert.False(string.IsNullOrWhiteSpace(error.Suggestion));
            Assert.DoesNotContain("{0}", error.Message + error.Suggestion, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Codes_and_messages_of_the_service_are_kept_untouched()
    {
        AzOpenAIException error = await FailAsync(404, """{"error":{"code":"DeploymentNotFound","message":"It does not exist."}}""");

        Assert.Equal("DeploymentNotFound", error.ServiceCode);
        Assert.Equal("It does not exist.", error.ServiceMessage);
        Assert.Contains("'gpt'", error.Message, StringComparison.Ordinal);
        Assert.Contains("can differ from its model's name", error.Suggestion, StringComparison.Ordinal);
        Assert.Contains("Get-AzOpenAIDeployment", error.Suggestion, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"message":"The response was filtered","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":true,"severity":"high"},"jailbreak":{"filtered":true,"detected":true},"violence":{"filtered":false,"severity":"safe"}}}}}""", "hate (high), jailbreak")]
    [InlineData("""{"error":{"inner_error":{"code":"ResponsibleAIPolicyViolation","content_filter_results":{"jailbreak":{"filtered":true,"detected":true}}},"code":"content_filter","message":"x","param":"prompt","type":null}}""", "jailbreak")]
    [InlineData("""{"error":{"code":"content_policy_violation","inner_error":{"code":"ResponsibleAIPolicyViolation","content_filter_results":{"jailbreak":{"detected":false,"filtered":false}}},"message":"rejected"}}""", "no category specified")]
    public async Task A_filtered_prompt_names_the_categories_and_carries_the_findings(string body, string categories)
    {
        AzOpenAIException error = await FailAsync(400, body);

        Assert.Equal(nameof(Messages.ContentFiltered), error.ErrorId);
        Assert.Equal(ErrorKind.ContentFiltered, error.Kind);
        Assert.EndsWith($": {categories}.", error.Message, StringComparison.Ordinal);
        IReadOnlyList<ContentFilterResult> findings = Assert.IsAssignableFrom<IReadOnlyList<ContentFilterResult>>(error.Partial);
        Assert.Contains(findings, static finding => finding is { Category: "jailbreak", Side: "Prompt" });
    }

    [Fact]
    public async Task A_rejected_token_names_the_scope_and_a_rejected_header_the_headers()
    {
        const string Body = """{"statusCode":401,"message":"Unauthorized. Access token is missing, invalid, audience is incorrect (https://cognitiveservices.azure.com), or have expired."}""";

        AzOpenAIException token = await FailAsync(401, Body, AuthenticationKind.EntraId);
        AzOpenAIException header = await FailAsync(401, Body, AuthenticationKind.Header);

        Assert.Equal(nameof(Messages.EntraTokenRejected), token.ErrorId);
        Assert.Contains("https://ai.azure.com/.default", token.Message, StringComparison.Ordinal);
        Assert.Equal("401", token.ServiceCode);
        Assert.Equal(nameof(Messages.HeadersRejected), header.ErrorId);
    }

    [Fact]
    public async Task A_missing_role_is_named()
    {
        AzOpenAIException error = await FailAsync(401, """{"error":{"code":"PermissionDenied","message":"Principal does not have access to API/Operation."}}""");

        Assert.Contains("'Cognitive Services OpenAI User'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_is_named_as_the_parameter_that_the_user_gave()
    {
        AzOpenAIException error = await FailAsync(
            400, """{"error":{"message":"Unsupported value: 'top_p' no","param":"top_p","code":"unsupported_value"}}""");

        Assert.Contains("-TopP", error.Message, StringComparison.Ordinal);
        Assert.Contains("Omit -TopP", error.Suggestion, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_without_end_is_cut()
    {
        AzOpenAIException error = await FailAsync(400, new string('x', 300_000), stream: true);

        Assert.Equal(64 * 1024, error.ResponseBody?.Length);
    }

    private static async Task<AzOpenAIException> FailAsync(int status, string body, AuthenticationKind authentication = AuthenticationKind.ApiKey, bool stream = false)
    {
        await using LoopbackServer server = new(exchange => exchange.AnswerAsync(status, body, "application/json", "apim-request-id: r-1"));
        Connection connection = Samples.Connection(server.Base) with { Authentication = authentication };
        // The wait for a token runs on the clock, too, and must not be over before the token is there.
        TimeProvider clock = authentication == AuthenticationKind.EntraId ? TimeProvider.System : new ManualClock(jump: true);
        var chat = Samples.Chat(connection, new ServiceOptions { Clock = clock }, new FixedTokenSource());
        return await Assert.ThrowsAsync<AzOpenAIException>(() => stream ? Samples.ReadAsync(chat) : chat.CompleteAsync(Samples.Ask, Cancellation));
    }
}
