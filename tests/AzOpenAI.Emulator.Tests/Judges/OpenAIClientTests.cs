using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Tests.Judges;

/// <summary>The official npm package openai, and @langchain/openai on top of it, drive the data plane.</summary>
public sealed class OpenAIClientTests : EmulatorFixture
{
    /// <summary>A time at which a model for legacy completions could still be deployed.</summary>
    protected override EmulatorOptions Options => new() { Now = new DateTimeOffset(2025, 9, 1, 9, 0, 0, TimeSpan.Zero) };

    [Theory]
    [InlineData("chat.test.mjs")]
    [InlineData("more.test.mjs")]
    [InlineData("langchain.test.mjs")]
    public async Task The_official_clients_are_served(string script)
    {
        string key = await CreateChatAsync(DeploymentBody("gpt-4o", "2024-11-20", capacity: 100));
        await CreateDeploymentAsync("thinker", DeploymentBody(capacity: 100));
        await CreateDeploymentAsync("embed", DeploymentBody("text-embedding-3-small", "1", capacity: 100));
        await CreateDeploymentAsync("instruct", DeploymentBody("gpt-35-turbo-instruct", "0914", "Standard", capacity: 100));
        await NodeJudge.RunAsync("openai", script, new Dictionary<string, string>
        {
            ["EMULATOR_URL"] = Host.BaseUri.AbsoluteUri,
            ["EMULATOR_RESOURCE"] = new Uri(Host.BaseUri, "contoso/").AbsoluteUri,
            ["EMULATOR_KEY"] = key,
        });
    }
}
