using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Tests.Http;

namespace AzOpenAI.Core.Tests.DataPlane.Chat;

/// <summary>Fields that a model does not take.</summary>
public sealed class ParameterFitTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Unsupported value: 'temperature' does not support 0.5 with this model. Only the default (1) value is supported.", "temperature", "unsupported_value")]
    [InlineData("Unsupported parameter: 'temperature' is not supported with this model.", "temperature", null)]
    public async Task A_refused_field_is_left_out_with_a_warning_and_from_then_on(string message, string field, string? code)
    {
        string written = code is null ? "null" : $"\"{code}\"";
        string error = $$$"""{"error":{"message":"{{{message}}}","type":"invalid_request_error","param":"{{{field}}}","code":{{{written}}} }}""";
        await using LoopbackServer server = new(exchange => exchange.Request.Body.Contains($"\"{field}\"", StringComparison.Ordinal)
            ? exchange.AnswerAsync(400, error)
            : exchange.AnswerAsync(200, Samples.Completion));
        RecordingReporter reporter = new();
        ChatService chat = Samples.Chat(server.Base, new ServiceOptions { Reporter = reporter });
        ChatRequest request = Samples.Ask with { Temperature = 0.5, MaxTokens = 5 };

        await chat.CompleteAsync(request, Cancellation);
        await chat.CompleteAsync(request, Cancellation);

        Assert.Equal(3, server.Requests.Count);
        Assert.Contains("-Temperature", Assert.Single(reporter.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error":{"message":"Unsupported value: 'reasoning_effort' does not support 'x' with this model. Supported values are: 'low'.","param":"reasoning_effort","code":"unsupported_value"}}""", nameof(Messages.UnsupportedValue))]
    [InlineData("""{"error":{"message":"Unsupported parameter: 'logprobs' is not supported with this model.","param":"logprobs","code":"unsupported_parameter"}}""", nameof(Messages.UnsupportedParameter))]
    public async Task What_would_change_the_answer_stays_an_error(string error, string errorId)
    {
        await using LoopbackServer server = new(exchange => exchange.AnswerAsync(400, error));

        AzOpenAIException thrown = await Assert.ThrowsAsync<AzOpenAIException>(
            () => Samples.Chat(server.Base).CompleteAsync(Samples.Ask with { ReasoningEffort = "x", LogProbs = true }, Cancellation));

        Assert.Equal(errorId, thrown.ErrorId);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("gpt-5-mini", "\"temperature\"", "\"reasoning_effort\"")]
    [InlineData("o3", "\"temperature\"", "\"reasoning_effort\"")]
    [InlineData("gpt-4o", "\"reasoning_effort\"", "\"temperature\"")]
    public async Task A_known_model_is_never_sent_what_it_refuses(string model, string absent, string present)
    {
        await using LoopbackServer server = new(exchange => exchange.AnswerAsync(200, Samples.Completion));

        await Samples.Chat(server.Base).CompleteAsync(Samples.Ask with { ModelHint = model, Temperature = 0.5, ReasoningEffort = "low" }, Cancellation);

        Assert.DoesNotContain(absent, server.Request.Body, StringComparison.Ordinal);
        Assert.Contains(present, server.Request.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(model, server.Request.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_name_of_a_deployment_is_not_taken_for_a_model()
    {
        await using LoopbackServer server = new(exchange => exchange.AnswerAsync(200, Samples.Completion));

        await Samples.Chat(server.Base).CompleteAsync(Samples.Ask with { Deployment = "o3", Temperature = 0.5 }, Cancellation);

        Assert.Contains("\"temperature\":0.5", server.Request.Body, StringComparison.Ordinal);
    }
}
