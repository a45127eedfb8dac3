using AzOpenAI.Core.Management.Resources;
using AzOpenAI.Core.Tests.Http;
using static AzOpenAI.Core.Tests.Management.ScriptedHandler;

namespace AzOpenAI.Core.Tests.Management;

/// <summary>A change that fails in the middle says what it left; what the caller may not read does not stop it.</summary>
public sealed class HalfMadeTests
{
    private const string Provider = """{"registrationState":"Registered","resourceTypes":[{"resourceType":"accounts","locations":["Sweden Central"]}]}""";

    private readonly RecordingReporter _reporter = new();
    private Func<SentRequest, HttpResponseMessage> _create = _ => Json(ScriptedArm.AccountJson(), 201);
    private bool _mayCheck = true;
    private bool _group;
    private bool _made;

    [Fact]
    public async Task A_refused_create_names_the_group_that_was_made()
    {
        _create = _ => Error(400, "SpecialFeatureOrQuotaIdRequired", "The subscription does not have QuotaId/Feature required by SKU 'S0' from kind 'OpenAI'.");

        AzOpenAIException e = await ScriptedArm.FailsAsync(CreateAsync);

        Assert.Equal(("SubscriptionNotEligible", "SpecialFeatureOrQuotaIdRequired", 400), (e.ErrorId, e.ServiceCode, e.StatusCode));
        Assert.EndsWith("Not cleaned up: the new resource group 'rg'.", e.Message, StringComparison.Ordinal);
        Assert.Equal(["the new resource group 'rg'"], Assert.IsAssignableFrom<IEnumerable<string>>(e.Partial));
    }

    [Fact]
    public async Task A_create_that_fails_later_names_the_broken_resource()
    {
        _create = _ =>
        {
            _made = true;
            return Json(ScriptedArm.AccountJson("Failed"), 201);
        };

        AzOpenAIException e = await ScriptedArm.FailsAsync(CreateAsync);

        Assert.Contains("the resource 'contoso' in state Failed", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_who_may_write_but_not_check_can_create()
    {
        _mayCheck = false;

        Assert.Equal("contoso", (await CreateAsync()).Name);
        Assert.Contains(_reporter.VerboseLines, v => v.StartsWith("Can't check whether the subdomain is available", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_kind_that_the_region_does_not_offer_and_a_full_quota_are_found_before_the_write()
    {
        var handler = new ScriptedHandler(r => r.Uri.AbsolutePath switch
        {
            string p when p.EndsWith("checkSkuAvailability", StringComparison.Ordinal) => Json("""{"value":[{"skuAvailable":false,"reason":"NotAvailable","message":"The kind is not offered."}]}"""),
            string p when p.EndsWith("usages", StringComparison.Ordinal) => Json("""{"value":[{"name":{"value":"OpenAI.S0.AccountCount"},"currentValue":30,"limit":30}]}"""),
            _ => Answer(r),
        });

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => new ResourceProvisioner(ScriptedArm.Client(handler)).PlanAsync(Request, ScriptedArm.Token));

        Assert.Equal("KindNotOffered", e.ErrorId);
        Assert.Contains("limit of 30 resources", e.Message, StringComparison.Ordinal);
        Assert.All(handler.Requests, r => Assert.True(r.Method is "GET" or "POST"));
    }

    [Fact]
    public async Task A_provider_that_is_not_registered_is_named_or_registered()
    {
        string state = "NotRegistered";
        var handler = new ScriptedHandler(r => r.Uri.AbsolutePath switch
        {
            string p when p.EndsWith("/register", StringComparison.Ordinal) => Json("""{"registrationState":"Registering"}"""),
            string p when p.EndsWith("Microsoft.CognitiveServices", StringComparison.Ordinal) => Json(Provider.Replace("Registered", state, StringComparison.Ordinal)),
            _ => Answer(r),
        });
        var provisioner = new ResourceProvisioner(ScriptedArm.Client(handler, _reporter));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => provisioner.PlanAsync(Request, ScriptedArm.Token));
        ResourcePlan plan = await provisioner.PlanAsync(Request with { RegisterProvider = true }, ScriptedArm.Token);
        state = "Registered";
        await provisioner.ApplyAsync(plan, ScriptedArm.Token);

        Assert.Equal("ProviderNotRegistered", e.ErrorId);
        Assert.Equal(["Register", "Create", "Create"], plan.Steps.Select(s => s.Action));
        Assert.Single(handler.Lines, l => l.Contains("/register?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_body_holds_only_what_was_asked_for()
    {
        string? body = null;
        _create = r =>
        {
            body = r.Body;
            return Json(ScriptedArm.AccountJson(), 201);
        };

        await CreateAsync();

        Assert.Equal("""{"location":"swedencentral","kind":"OpenAI","sku":{"name":"S0"},"properties":{"customSubDomainName":"contoso"}}""", body);
    }

    private static ResourceRequest Request => new() { ResourceGroupName = "rg", Name = "contoso", Location = "Sweden Central", CreateResourceGroup = true };

    private async Task<Resource> CreateAsync()
    {
        var provisioner = new ResourceProvisioner(ScriptedArm.Client(new ScriptedHandler(Answer), _reporter));
        return await provisioner.ApplyAsync(await provisioner.PlanAsync(Request, ScriptedArm.Token), ScriptedArm.Token);
    }

    private HttpResponseMessage Answer(SentRequest request)
    {
        string path = request.Uri.AbsolutePath;
        if (path.EndsWith("/accounts/contoso", StringComparison.Ordinal))
        {
            if (request.Method == "PUT")
                return _create(request);
            return _made ? Json(ScriptedArm.AccountJson("Failed")) : Error(404, _group ? "ResourceNotFound" : "ResourceGroupNotFound", "no");
        }

        if (path.EndsWith("/resourcegroups/rg", StringComparison.Ordinal))
        {
            if (request.Method != "PUT")
                return Error(404, "ResourceGroupNotFound", "no");
            _group = true;
            return Json("""{"name":"rg","location":"swedencentral","properties":{"provisioningState":"Succeeded"}}""", 201);
        }

        if (!_mayCheck)
            return Error(403, "AuthorizationFailed", "no");
        return path switch
        {
            string p when p.EndsWith("Microsoft.CognitiveServices", StringComparison.Ordinal) => Json(Provider),
            string p when p.EndsWith("checkSkuAvailability", StringComparison.Ordinal) => Json("""{"value":[{"skuAvailable":true}]}"""),
            string p when p.EndsWith("checkDomainAvailability", StringComparison.Ordinal) => Json("""{"isSubdomainAvailable":true}"""),
            _ => Json("""{"value":[]}"""),
        };
    }
}
