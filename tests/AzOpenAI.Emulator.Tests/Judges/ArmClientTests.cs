using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Tests.Judges;

/// <summary>The official npm package @azure/arm-cognitiveservices drives the management plane over https, the only scheme on which it sends a token.</summary>
public sealed class ArmClientTests : EmulatorFixture
{
    protected override EmulatorOptions Options => new() { Https = true };

    [Fact]
    public Task It_takes_an_account_through_its_life() => RunAsync("lifecycle.test.mjs");

    [Fact]
    public async Task It_manages_content_filters_and_blocklists()
    {
        await CreateAccountAsync();
        await RunAsync("rai.test.mjs");
    }

    private Task<string> RunAsync(string script) => NodeJudge.RunAsync("arm", script, new Dictionary<string, string>
    {
        ["EMULATOR_URL"] = Host.HttpsUri!.AbsoluteUri,
        ["EMULATOR_TOKEN"] = EmulatorHost.DummyToken,
        ["EMULATOR_SUBSCRIPTION"] = Host.SubscriptionId,
        ["NODE_EXTRA_CA_CERTS"] = Host.CertificatePath!,
    });
}
