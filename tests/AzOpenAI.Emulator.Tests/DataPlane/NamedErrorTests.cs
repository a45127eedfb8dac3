using System.Text.Json.Nodes;
using AzOpenAI.Emulator.DataPlane;

namespace AzOpenAI.Emulator.Tests.DataPlane;

/// <summary>Every error of the data plane is to be had on demand, as it was recorded.</summary>
public sealed class NamedErrorTests : DataPlaneFixture
{
    private const string Overloaded =
        "The system is currently experiencing high demand and cannot process your request. Your request exceeds the maximum usage size allowed during peak load. Please retry "
        + "after 1 seconds. For improved latency reliability, consider switching to Provisioned Throughput.";

    public static TheoryData<string, int, string?, string> Recorded => new()
    {
        { "deployment_not_found", 404, "DeploymentNotFound", "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again." },
        { "resource_not_found", 404, "404", "Resource not found" },
        { "model_api_version", 400, "BadRequest", "Model {modelName} is enabled only for api versions 2024-12-01-preview and later" },
        { "invalid_key", 401, "401", "Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource." },
        { "permission_denied", 401, "PermissionDenied", "Principal does not have access to API/Operation." },
        { "keys_disabled", 403, "AuthenticationTypeDisabled", "Key based authentication is disabled for this resource." },
        { "firewall", 403, "403", "Access denied due to Virtual Network/Firewall rules." },
        { "public_access", 403, "403", "Public access is disabled. Please configure private endpoint." },
        { "timeout", 408, "Timeout", "The operation was timeout." },
        { "too_large", 413, null, "Maximum content size limit (26214400) exceeded (26214401 bytes read)" },
        { "rate_limit", 429, "429", "Rate limit is exceeded. Try again in 1 seconds." },
        { "rate_limit_tokens", 429, "429", "Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-10-21 have exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry after 1 seconds. Please go here: https://aka.ms/oai/quotaincrease if you would like to further increase the default rate limit." },
        { "capacity", 429, "429", Overloaded },
        { "openai_model_not_found", 404, "model_not_found", "The model 'fake_id' does not exist" },
        { "context_length", 400, "context_length_exceeded", "This model's maximum context length is 4097 tokens. However, your messages resulted in 4294 tokens. Please reduce the length of the messages." },
        { "operation_not_supported", 400, "OperationNotSupported", "The chatCompletion operation does not work with the specified model, text-embedding-3-large. Please choose different model and try again. You can learn more about which models can be used with each operation here: https://go.microsoft.com/fwlink/?linkid=2197993." },
    };

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task A_marked_prompt_meets_the_recorded_body(string name, int status, string? code, string message)
    {
        await DeployAsync();
        Answer answer = await PostAsync(Ask($"[[error:{name}]]"));
        Assert.Equal(status, answer.Status);
        Assert.Equal(code, (string?)answer.Json["error"]!["code"]);
        Assert.Equal(message, (string?)answer.Json["error"]!["message"]);
        Assert.NotNull(answer.Header("apim-request-id"));
        Assert.Equal(status == 429, answer.Header("Retry-After") is not null);
    }

    [Theory]
    [InlineData("invalid_token", 401)]
    [InlineData("missing_subscription_key", 401)]
    [InlineData("internal_error", 500)]
    public async Task Answers_of_the_gateway_have_its_shape(string name, int status)
    {
        await DeployAsync();
        Answer answer = await PostAsync(Ask($"[[error:{name}]]"));
        Assert.Equal(status, answer.Status);
        Assert.Equal(status, (int)answer.Json["statusCode"]!);
        Assert.Null(answer.Json["error"]);
        Assert.NotEmpty((string)answer.Json["message"]!);
    }

    [Fact]
    public async Task The_filter_in_front_has_a_form_of_its_own()
    {
        await DeployAsync();
        JsonNode error = (await PostAsync(Ask("[[error:content_filter_gateway]]"))).Json["error"]!;
        Assert.True((bool)error["inner_error"]!["content_filter_results"]!["jailbreak"]!["detected"]!);
        Assert.Contains("\r\nhttps://go.microsoft.com/fwlink/?linkid=2198766.", (string?)error["message"], StringComparison.Ordinal);
        Assert.Null(error["innererror"]);
    }

    [Fact]
    public async Task A_provisioned_deployment_gives_its_wait_in_milliseconds_too()
    {
        await DeployAsync();
        Answer answer = await PostAsync(Ask("[[error:provisioned]]"));
        Assert.Equal(429, answer.Status);
        Assert.Equal("43", answer.Header("retry-after-ms"));
        Answer misspelt = await PostAsync(Ask("[[error:rate_limit_misspelt]]"));
        Assert.Null(misspelt.Header("Retry-After"));
        Assert.Equal("1", misspelt.Header("x-rate-limit-reset-tokens"));
    }

    [Fact]
    public async Task Every_name_is_an_error_as_a_fault_too()
    {
        await DeployAsync();
        foreach (string name in NamedErrors.Names)
        {
            JsonObject fault = new() { ["kind"] = "error", ["error"] = name, ["count"] = 1, ["seconds"] = 86400, ["match"] = new JsonObject { ["plane"] = "data" } };
            await ControlAsync("POST", "faults", fault);
            Answer answer = await PostAsync(Ask("Hello"));
            Assert.True(answer.Status >= 400, name);
            Assert.True(answer.Status != 429 || answer.Text.Contains("86400", StringComparison.Ordinal), $"{name}: {answer.Text}");
            Assert.Equal(200, (await PostAsync(Ask("Hello"))).Status);
        }
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_told()
    {
        await DeployAsync();
        Answer marked = await PostAsync(Ask("[[error:nonsense]]"));
        Assert.Equal("UnknownMarker", (string?)marked.Json["error"]!["code"]);
        Assert.Contains("rate_limit_tokens", marked.Text, StringComparison.Ordinal);
        using HttpRequestMessage request = new(HttpMethod.Post, "_emulator/faults");
        Answer fault = await SendAsync(request, JsonNode.Parse("""{"kind":"error","error":"nonsense"}"""));
        Assert.Equal("InvalidControlRequest", (string?)fault.Json["error"]!["code"]);
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_is_named()
    {
        await DeployAsync();
        using HttpRequestMessage request = new(HttpMethod.Post, V1) { Content = new StringContent("{\"model\":\"chat\",") };
        request.Headers.Add("api-key", Key);
        Answer answer = await SendAsync(request, null);
        Assert.Equal(400, answer.Status);
        Assert.StartsWith("We could not parse the JSON body of your request.", (string?)answer.Json["error"]!["message"], StringComparison.Ordinal);
    }
}
