using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Tests.Http;

namespace AzOpenAI.Core.Tests.Management;

/// <summary>Clients over a scripted service.</summary>
internal static class ScriptedArm
{
    public const string SubscriptionId = "11111111-1111-1111-1111-111111111111";
    public const string Account = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/contoso";

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Context Context { get; } = new()
    {
        SubscriptionId = SubscriptionId,
        Environment = EmulatorEnvironment.Create(new Uri("http://127.0.0.1:9/")),
        TokenSource = TokenSources.Emulator,
    };

    public static Resource Resource { get; } = new()
    {
        Id = Account,
        Name = "contoso",
        ResourceGroupName = "rg",
        SubscriptionId = SubscriptionId,
        Location = "swedencentral",
        Kind = "OpenAI",
        ProvisioningState = "Succeeded",
        Endpoint = new Uri("https://contoso.openai.azure.com/"),
    };

    public static ManagementClient Client(HttpMessageHandler handler, RecordingReporter? reporter = null, TimeProvider? clock = null, TimeSpan? maxWait = null) =>
        new(Context, new ArmClient(Context, Options(reporter, clock, maxWait), new HttpClient(handler)));

    public static ServiceOptions Options(RecordingReporter? reporter = null, TimeProvider? clock = null, TimeSpan? maxWait = null) => new()
    {
        Clock = clock ?? new InstantClock(),
        Reporter = reporter ?? new RecordingReporter(),
        MaxWait = maxWait ?? TimeSpan.FromSeconds(300),
    };

    public static string AccountJson(string state = "Succeeded", string more = "") =>
        "{\"id\":\"" + Account + "\",\"name\":\"contoso\",\"location\":\"SWEDENCENTRAL\",\"kind\":\"OpenAI\",\"sku\":{\"name\":\"S0\"},\"etag\":\"1\",\"properties\":{"
        + "\"provisioningState\":\"" + state + "\",\"endpoint\":\"https://contoso.openai.azure.com/\",\"customSubDomainName\":\"contoso\"" + more + "}}";

    public static async Task<AzOpenAIException> FailsAsync(Func<Task> action) => await Assert.ThrowsAsync<AzOpenAIException>(action);

    public static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> source)
    {
        var all = new List<T>();
        await foreach (T item in source)
            all.Add(item);
        return all;
    }
}
