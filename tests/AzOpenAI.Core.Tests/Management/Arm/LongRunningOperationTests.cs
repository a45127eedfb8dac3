using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;
using AzOpenAI.Core.Tests.Http;
using static AzOpenAI.Core.Tests.Management.ScriptedHandler;

namespace AzOpenAI.Core.Tests.Management.Arm;

public sealed class LongRunningOperationTests
{
    private const string Link = "http://127.0.0.1:9/subscriptions/1/providers/Microsoft.CognitiveServices/locations/x/operationResults/op?api-version=2017-04-18&s=sig%2Fned";

    private readonly RecordingReporter _reporter = new();
    private readonly InstantClock _clock = new();

    [Fact]
    public async Task An_operation_link_is_followed_as_it_is_and_the_object_read_at_the_end()
    {
        var handler = new ScriptedHandler(
            _ => Json(ScriptedArm.AccountJson("Creating"), 201, ("Azure-AsyncOperation", Link)),
            _ => Json("""{"status":"Creating"}"""),
            _ => Json("""{"status":"Succeeded"}"""),
            _ => Json(ScriptedArm.AccountJson()));

        ArmResponse response = await WriteAsync(handler, ArmRequest.Put("account"));

        Assert.Equal("Succeeded", ResourceMapper.Map(response).ProvisioningState);
        Assert.Equal("GET " + new Uri(Link).PathAndQuery, handler.Lines[1]);
        Assert.Equal("GET /account?api-version=2025-06-01", handler.Lines[3]);
        Assert.Contains(_reporter.ProgressRecords, p => p.Status == "Creating");
        Assert.True(_reporter.ProgressRecords.Last().Completed);
    }

    [Fact]
    public async Task The_operation_link_wins_over_the_location_link()
    {
        var handler = new ScriptedHandler(
            _ => Json(ScriptedArm.AccountJson("Accepted"), 202, ("Location", "http://127.0.0.1:9/location"), ("Azure-AsyncOperation", Link)),
            _ => Json("""{"status":"Succeeded"}"""),
            _ => Json(ScriptedArm.AccountJson()));

        await WriteAsync(handler, ArmRequest.Patch("account"));

        Assert.DoesNotContain(handler.Lines, l => l.Contains("/location?", StringComparison.Ordinal) || l.EndsWith("/location", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_location_link_is_polled_until_it_answers_no_202_and_may_move()
    {
        var handler = new ScriptedHandler(
            _ => Empty(202, ("Location", "http://127.0.0.1:9/results/1"), ("Retry-After", "15")),
            _ => Empty(202, ("Location", "/results/2"), ("Retry-After", "15")),
            _ => Empty(200));

        await WriteAsync(handler, ArmRequest.Delete("group"));

        Assert.Equal(["GET /results/1", "GET /results/2"], handler.Lines.Skip(1));
        Assert.Equal([TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(15)], _clock.Waits);
    }

    [Theory]
    [InlineData("Retry-After-Ms", "1500", 1.5)]
    [InlineData("x-ms-retry-after-ms", "250", 0.25)]
    [InlineData("Retry-After", "15", 15)]
    public async Task The_next_look_comes_as_soon_as_the_service_says_in_any_of_its_headers(string header, string value, double seconds)
    {
        var handler = new ScriptedHandler(_ => Empty(202, ("Location", "http://127.0.0.1:9/results/1"), (header, value)), _ => Empty(200));

        await WriteAsync(handler, ArmRequest.Delete("group"));

        Assert.Equal([TimeSpan.FromSeconds(seconds)], _clock.Waits);
    }

    [Fact]
    public async Task Without_links_the_state_is_polled_and_unknown_states_are_waited_out()
    {
        var handler = new ScriptedHandler(
            _ => Json(ScriptedArm.AccountJson("Accepted"), 202),
            _ => Json(ScriptedArm.AccountJson("ResolvingDNS")),
            _ => Json(ScriptedArm.AccountJson("Meditating")),
            _ => Json(ScriptedArm.AccountJson()));

        Assert.Equal("Succeeded", ResourceMapper.Map(await WriteAsync(handler, ArmRequest.Put("account"))).ProvisioningState);
        Assert.Equal(4, handler.Requests.Count);
    }

    [Fact]
    public async Task What_is_done_at_once_is_not_polled()
    {
        var handler = new ScriptedHandler(_ => Json(ScriptedArm.AccountJson(), 201));

        await WriteAsync(handler, ArmRequest.Put("account"));

        Assert.Single(handler.Requests);
        Assert.Empty(_clock.Waits);
    }

    [Fact]
    public async Task A_delete_without_links_is_over_when_the_object_is_gone()
    {
        var handler = new ScriptedHandler(
            _ => Empty(202), _ => Json(ScriptedArm.AccountJson("Deleting")), _ => Error(404, "ResourceNotFound", "gone"));

        await WriteAsync(handler, ArmRequest.Delete("account"));

        Assert.Equal(3, handler.Requests.Count);
    }

    [Theory]
    [InlineData("""{"status":"Failed","error":{"code":"CustomDomainInUse","message":"Sub domain name 'x' is already in use. This condition is caused by sub domain name being taken at the same time."}}""", "SubdomainTaken", "CustomDomainInUse")]
    [InlineData("""{"status":"Canceled"}""", "OperationFailed", null)]
    [InlineData("""{"status":"Failed","error":{"code":"SomethingNew","message":"Odd."}}""", "OperationFailed", "SomethingNew")]
    public async Task A_failed_operation_gives_the_reason(string poll, string errorId, string? code)
    {
        var handler = new ScriptedHandler(_ => Json(ScriptedArm.AccountJson("Creating"), 201, ("Azure-AsyncOperation", Link)), _ => Json(poll));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => WriteAsync(handler, ArmRequest.Put("account")));

        Assert.Equal((errorId, code), (e.ErrorId, e.ServiceCode));
    }

    [Fact]
    public async Task An_object_that_ends_as_failed_is_an_error()
    {
        var handler = new ScriptedHandler(_ => Json(ScriptedArm.AccountJson("Creating"), 201), _ => Json(ScriptedArm.AccountJson("Failed")));

        Assert.Equal("OperationFailed", (await ScriptedArm.FailsAsync(() => WriteAsync(handler, ArmRequest.Put("account")))).ErrorId);
    }

    [Fact]
    public async Task An_operation_whose_record_is_gone_is_judged_by_the_object()
    {
        var handler = new ScriptedHandler(
            _ => Json(ScriptedArm.AccountJson("Creating"), 201, ("Azure-AsyncOperation", Link)),
            _ => Error(404, "ResourceNotFound", "x"),
            _ => Json(ScriptedArm.AccountJson()));

        Assert.Equal("Succeeded", ResourceMapper.Map(await WriteAsync(handler, ArmRequest.Put("account"))).ProvisioningState);
    }

    [Theory]
    [InlineData("Azure-AsyncOperation")]
    [InlineData("Location")]
    public async Task A_poll_link_on_another_host_is_refused(string header)
    {
        var handler = new ScriptedHandler(_ => Json(ScriptedArm.AccountJson("Creating"), 201, (header, "https://evil.example/op?sig=canary")));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => WriteAsync(handler, ArmRequest.Put("account")));

        Assert.Equal("ForeignLink", e.ErrorId);
        Assert.Contains("evil.example", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", e.Message, StringComparison.Ordinal);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task An_operation_that_takes_longer_than_allowed_is_left_to_the_service()
    {
        var handler = new ScriptedHandler(
            _ => Json(ScriptedArm.AccountJson("Creating"), 201, ("Azure-AsyncOperation", Link)), _ => Json("""{"status":"Running"}""", 200, ("Retry-After", "10")));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => WriteAsync(handler, ArmRequest.Put("account"), TimeSpan.FromSeconds(60)));

        Assert.Equal(("OperationUnfinished", ErrorKind.Timeout), (e.ErrorId, e.Kind));
        Assert.InRange(handler.Requests.Count, 5, 8);
        Assert.True(_reporter.ProgressRecords.Last().Completed);
    }

    [Fact]
    public async Task A_status_without_status_is_an_invalid_response()
    {
        var handler = new ScriptedHandler(_ => Json(ScriptedArm.AccountJson("Creating"), 201, ("Azure-AsyncOperation", Link)), _ => Json("{}"));

        Assert.Equal("InvalidResponse", (await ScriptedArm.FailsAsync(() => WriteAsync(handler, ArmRequest.Put("account")))).ErrorId);
    }

    [Fact]
    public async Task Not_waiting_sends_one_request()
    {
        var handler = new ScriptedHandler(_ => Json(ScriptedArm.AccountJson("Creating"), 201, ("Azure-AsyncOperation", Link)));

        await ScriptedArm.Client(handler, _reporter, _clock).Writer.WriteAsync("account", ArmRequest.Put("account"), wait: false, ScriptedArm.Token);

        Assert.Single(handler.Requests);
    }

    private Task<ArmResponse> WriteAsync(ScriptedHandler handler, ArmRequest request, TimeSpan? maxWait = null) =>
        ScriptedArm.Client(handler, _reporter, _clock, maxWait).Writer.WriteAsync("account", request, wait: true, ScriptedArm.Token);
}
