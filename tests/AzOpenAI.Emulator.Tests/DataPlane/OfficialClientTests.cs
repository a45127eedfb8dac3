using System.ClientModel;
using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Models;

namespace AzOpenAI.Emulator.Tests.DataPlane;

/// <summary>The official OpenAI package is a judge that does not know the emulator.</summary>
public sealed class OfficialClientTests : EmulatorFixture
{
    [Fact]
    public async Task It_completes_a_chat()
    {
        ChatClient client = await ClientAsync();
        ChatCompletion completion = await client.CompleteChatAsync([new SystemChatMessage("Be brief"), new UserChatMessage("Hello")], cancellationToken: Stop);
        Assert.Equal("You said: Hello", completion.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, completion.FinishReason);
        Assert.Equal("gpt-5-mini-2025-08-07", completion.Model);
        Assert.Equal(completion.Usage.TotalTokenCount, completion.Usage.InputTokenCount + completion.Usage.OutputTokenCount);
    }

    [Fact]
    public async Task It_streams_a_chat()
    {
        ChatClient client = await ClientAsync();
        string text = "";
        ChatFinishReason? reason = null;
        ChatTokenUsage? usage = null;
        await foreach (StreamingChatCompletionUpdate update in client.CompleteChatStreamingAsync([new UserChatMessage("Hello there")], cancellationToken: Stop))
        {
            text += string.Concat(update.ContentUpdate.Select(p => p.Text));
            reason = update.FinishReason ?? reason;
            usage = update.Usage ?? usage;
        }

        Assert.Equal("You said: Hello there", text);
        Assert.Equal(ChatFinishReason.Stop, reason);
        Assert.True(usage!.TotalTokenCount > 0);
    }

    [Fact]
    public async Task It_calls_tools()
    {
        ChatClient client = await ClientAsync();
        ChatCompletionOptions options = new() { ToolChoice = ChatToolChoice.CreateRequiredChoice() };
        options.Tools.Add(ChatTool.CreateFunctionTool("weather", null, BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}}}""")));
        ChatCompletion completion = await client.CompleteChatAsync([new UserChatMessage("Paris")], options, Stop);
        Assert.Equal(ChatFinishReason.ToolCalls, completion.FinishReason);
        Assert.Equal("""{"city":"Paris"}""", completion.ToolCalls[0].FunctionArguments.ToString());
    }

    [Fact]
    public async Task It_understands_the_errors()
    {
        ChatClient client = await ClientAsync(deployment: "missing");
        ClientResultException error = await Assert.ThrowsAsync<ClientResultException>(() => client.CompleteChatAsync([new UserChatMessage("Hi")], cancellationToken: Stop));
        Assert.Equal(404, error.Status);
        Assert.Contains("DeploymentNotFound", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_lists_models()
    {
        string key = await CreateChatAsync();
        OpenAIModelClient client = new(new ApiKeyCredential(key), Settings());
        OpenAIModelCollection models = await client.GetModelsAsync(Stop);
        Assert.Contains(models, m => m.Id == "gpt-5-mini-2025-08-07");
    }

    private async Task<ChatClient> ClientAsync(string deployment = "chat") => new(deployment, new ApiKeyCredential(await CreateChatAsync()), Settings());

    private OpenAIClientOptions Settings() => new()
    {
        Endpoint = new Uri(Host.BaseUri, "contoso/openai/v1/"),
        RetryPolicy = new ClientRetryPolicy(0),
        Transport = new HttpClientPipelineTransport(Client),
    };
}
