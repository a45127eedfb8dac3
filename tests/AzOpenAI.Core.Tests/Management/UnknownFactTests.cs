using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Management.Regions;
using static AzOpenAI.Core.Tests.Management.ScriptedHandler;

namespace AzOpenAI.Core.Tests.Management;

/// <summary>What the service does not tell is unknown: neither yes nor a failure.</summary>
public sealed class UnknownFactTests
{
    private const string Model = """{"format":"OpenAI","name":"gpt","version":"1","isDefaultVersion":true,"skus":[{"name":"GlobalStandard","usageName":"OpenAI.GlobalStandard.gpt","capacity":{"maximum":1000,"default":10}}]}""";
    private const string Usage = """{"name":{"value":"OpenAI.GlobalStandard.gpt"},"currentValue":2,"limit":100}""";
    private const string Stock = """{"location":"SwedenCentral","properties":{"skuName":"GlobalStandard","availableCapacity":50}}""";

    private string _models = $$"""{"value":[{{Model}}]}""";
    private Func<HttpResponseMessage> _usages = () => Json($$"""{"value":[{{Usage}}]}""");
    private Func<HttpResponseMessage> _stock = () => Json($$"""{"value":[{{Stock}}]}""");

    [Fact]
    public async Task What_is_told_is_in_the_check()
    {
        DeploymentCheck check = await CheckAsync();

        Assert.True(check.Passed);
        Assert.Empty(check.Problems);
        Assert.Equal((10, 98d, 100d, 50, "1"), (check.Capacity, check.QuotaFree, check.QuotaLimit, check.Stock, check.Version));
    }

    [Fact]
    public async Task Quota_and_stock_that_may_not_be_read_are_unknown()
    {
        _usages = () => Error(403, "AuthorizationFailed", "no");
        _stock = () => Error(404, "NotFound", "no");

        DeploymentCheck check = await CheckAsync();

        Assert.True(check.Passed);
        Assert.Equal(["QuotaUnknown", "StockUnknown"], check.Problems.Select(p => p.Code));
        Assert.All(check.Problems, p => Assert.True(p.IsUnknown));
        Assert.Null(check.QuotaFree);
        Assert.Null(check.Stock);
    }

    [Theory]
    [InlineData("""{"name":{"value":"OpenAI.GlobalStandard.gpt"}}""")]
    [InlineData("""{"name":{"value":"Another"},"currentValue":0,"limit":5}""")]
    [InlineData("""{}""")]
    public async Task A_quota_without_numbers_or_of_another_name_is_unknown(string usage)
    {
        _usages = () => Json($$"""{"value":[{{usage}}]}""");

        Assert.Contains((await CheckAsync()).Problems, p => p.Code == "QuotaUnknown" && p.IsUnknown);
    }

    [Fact]
    public async Task Less_stock_than_asked_for_is_a_problem()
    {
        DeploymentCheck check = await CheckAsync(capacity: 60);

        Assert.False(check.Passed);
        DeploymentProblem problem = Assert.Single(check.Problems);
        Assert.Equal("StockExceeded", problem.Code);
        Assert.Contains("-Capacity 50 or less", problem.Suggestion, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"format":"OpenAI","name":"gpt","version":"1","isDefaultVersion":true,"skus":[]}""", "SkuNotOffered")]
    [InlineData("""{"format":"OpenAI","name":"gpt","version":"1"}""", "SkuNotOffered")]
    [InlineData("""{"format":"OpenAI","name":"gpt"}""", "ModelNotOffered")]
    public async Task What_is_listed_without_a_way_to_deploy_it_is_not_offered(string model, string code)
    {
        _models = $$"""{"value":[{{model}}]}""";

        Assert.Equal(code, (await CheckAsync()).Problems[0].Code);
    }

    [Fact]
    public async Task A_sku_without_bounds_takes_what_the_service_will_take()
    {
        _models = """{"value":[{"format":"OpenAI","name":"gpt","version":"1","lifecycleStatus":"Brandnew","skus":[{"name":"GlobalStandard","usageName":"OpenAI.GlobalStandard.gpt"}]}]}""";

        DeploymentCheck check = await CheckAsync();

        Assert.True(check.Passed);
        Assert.Equal(1, check.Capacity);
    }

    [Fact]
    public async Task Regions_of_which_nothing_is_told_are_unknown_in_the_search()
    {
        _usages = () => Error(403, "AuthorizationFailed", "no");

        RegionAvailability row = Assert.Single(await ScriptedArm.AllAsync(new RegionSearch(Client()).SearchAsync(new RegionQuery { Model = "gpt" }, ScriptedArm.Token)));

        Assert.Null(row.Available);
        Assert.Contains("quota unknown", row.Reason, StringComparison.Ordinal);
    }

    private Task<DeploymentCheck> CheckAsync(int? capacity = null) => new DeploymentPreflight(Client()).CheckAsync(
        new DeploymentCheckRequest { Resource = ScriptedArm.Resource, Model = "gpt", Capacity = capacity }, ScriptedArm.Token);

    private ManagementClient Client() => ScriptedArm.Client(new ScriptedHandler(Answer));

    private HttpResponseMessage Answer(SentRequest request) => request.Uri.AbsolutePath switch
    {
        string p when p.EndsWith("/locations/swedencentral/models", StringComparison.Ordinal) => Json(_models),
        string p when p.EndsWith("/models", StringComparison.Ordinal) => Json(_models),
        string p when p.EndsWith("/usages", StringComparison.Ordinal) => _usages(),
        string p when p.EndsWith("/modelCapacities", StringComparison.Ordinal) => _stock(),
        string p when p.Contains("/deployments/", StringComparison.Ordinal) => Error(404, "NotFound", "no"),
        string p when p.EndsWith("Microsoft.CognitiveServices", StringComparison.Ordinal) =>
            Json("""{"registrationState":"Registered","resourceTypes":[{"resourceType":"accounts","locations":["Sweden Central","global"]}]}"""),
        _ => Error(500, "Unexpected", request.Uri.AbsolutePath),
    };
}
