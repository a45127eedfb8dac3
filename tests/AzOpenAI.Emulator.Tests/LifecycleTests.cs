using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests;

public sealed class LifecycleTests : EmulatorFixture
{
    [Fact]
    public async Task From_a_resource_group_to_an_answer_and_back()
    {
        await CreateGroupAsync();
        JsonNode account = await CreateAccountAsync();
        Assert.Equal("Succeeded", (string?)account["properties"]!["provisioningState"]);
        Assert.Equal($"{Host.BaseUri}contoso/", (string?)account["properties"]!["endpoint"]);

        JsonNode deployment = await CreateDeploymentAsync();
        Assert.Equal("Succeeded", (string?)deployment["properties"]!["provisioningState"]);

        string key = await KeyAsync();
        string endpoint = (string)account["properties"]!["endpoint"]!;
        Answer v1 = await DataAsync(endpoint + "openai/v1/chat/completions", Chat("Hello", "chat"), key);
        Assert.Equal(200, v1.Status);
        Assert.Equal("You said: Hello", (string?)v1.Json["choices"]![0]!["message"]!["content"]);

        Answer dated = await DataAsync(endpoint + "openai/deployments/chat/chat/completions?api-version=2024-10-21", Chat("Hello"), key);
        Assert.Equal("gpt-5-mini-2025-08-07", (string?)dated.Json["model"]);

        Assert.Equal(200, (await ArmAsync("DELETE", DeploymentPath())).Status);
        Assert.Equal(200, (await ArmAsync("DELETE", AccountPath())).Status);
        Assert.Equal(404, (await ArmAsync("GET", AccountPath())).Status);
        string deleted = $"{Subscription}/{Provider}/locations/swedencentral/{Group()}/deletedAccounts/contoso";
        Assert.Equal(200, (await ArmAsync("GET", deleted)).Status);
        Assert.Equal(200, (await ArmAsync("DELETE", deleted)).Status);
        Assert.Equal(204, (await ArmAsync("DELETE", deleted)).Status);
        Assert.Equal(404, (await DataAsync(endpoint + "openai/v1/chat/completions", Chat("Hello", "chat"), key)).Status);
    }

    [Fact]
    public async Task A_stream_ends_with_done()
    {
        string key = await CreateChatAsync();
        JsonObject body = Chat("Hello", "chat");
        body["stream"] = true;
        Answer answer = await DataAsync("contoso/openai/v1/chat/completions", body, key);
        Assert.StartsWith("text/event-stream", answer.Header("Content-Type"), StringComparison.Ordinal);
        Assert.EndsWith("data: [DONE]\n\n", answer.Text, StringComparison.Ordinal);
    }
}
