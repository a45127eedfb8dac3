using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Tests.Http;
using static AzOpenAI.Core.Tests.Management.ScriptedHandler;

namespace AzOpenAI.Core.Tests.Management.Arm;

public sealed class ConflictTests
{
    private readonly RecordingReporter _reporter = new();
    private readonly InstantClock _clock = new();

    [Theory]
    [InlineData(409, "RequestConflict")]
    [InlineData(400, "AccountProvisioningStateInvalid")]
    public async Task A_busy_account_is_waited_out(int status, string code)
    {
        var handler = new ScriptedHandler(
            _ => Error(status, code, "Another operation is being performed."), _ => Error(status, code, "Another operation is being performed."), _ => Json("{}"));

        await WriteAsync(handler, null);

        Assert.Equal(3, handler.Requests.Count);
        Assert.Equal(2, _reporter.VerboseLines.Count(v => v.Contains(code, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_busy_account_is_an_error_when_the_time_is_up()
    {
        var handler = new ScriptedHandler(_ => Error(409, "RequestConflict", "Another operation is being performed on the parent resource."));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => WriteAsync(handler, TimeSpan.FromSeconds(20)));

        Assert.Equal(("ResourceBusy", ErrorKind.Busy, 409, "RequestConflict"), (e.ErrorId, e.Kind, e.StatusCode, e.ServiceCode));
        Assert.InRange(handler.Requests.Count, 3, 10);
    }

    [Fact]
    public async Task Another_conflict_is_not_repeated()
    {
        var handler = new ScriptedHandler(_ => Error(409, "CustomDomainInUse", "The subdomain name 'x' is not available."));

        Assert.Equal("SubdomainTaken", (await ScriptedArm.FailsAsync(() => WriteAsync(handler, null))).ErrorId);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task Two_writes_to_one_account_go_one_after_the_other()
    {
        int running = 0;
        int most = 0;
        async Task<HttpResponseMessage> Slow()
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Delay(30, ScriptedArm.Token);
            Interlocked.Decrement(ref running);
            return Json("{}");
        }

        var client = ScriptedArm.Client(new SlowHandler(Slow), _reporter, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => client.Writer.WriteAsync(i % 2 == 0 ? ScriptedArm.Account : ScriptedArm.Account.ToUpperInvariant(), ArmRequest.Put($"x{i}"), true, ScriptedArm.Token)));

        Assert.Equal(1, most);
    }

    [Fact]
    public async Task A_write_that_never_gets_its_turn_ends_with_the_time()
    {
        var stuck = new TaskCompletionSource<HttpResponseMessage>();
        ManagementClient slow = ScriptedArm.Client(new SlowHandler(() => stuck.Task), _reporter, TimeProvider.System);
        Task<ArmResponse> first = slow.Writer.WriteAsync("stuck/account", ArmRequest.Put("x"), wait: true, ScriptedArm.Token);
        var handler = new ScriptedHandler(_ => Json("{}"));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() =>
            ScriptedArm.Client(handler, _reporter, TimeProvider.System, TimeSpan.FromMilliseconds(200)).Writer.WriteAsync("stuck/account", ArmRequest.Put("x"), wait: true, ScriptedArm.Token));

        Assert.Equal("ResourceBusy", e.ErrorId);
        Assert.Empty(handler.Requests);
        stuck.SetResult(Json("{}"));
        await first;
    }

    [Fact]
    public async Task Deleting_what_is_gone_is_no_error()
    {
        var handler = new ScriptedHandler(_ => Error(404, "NotFound", "Specified resource cannot be found."));

        await ScriptedArm.Client(handler, _reporter, _clock).Deployments.DeleteAsync(ScriptedArm.Resource, "gpt", ScriptedArm.Token);

        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task Deleting_in_a_group_that_is_not_there_is_an_error()
    {
        var handler = new ScriptedHandler(_ => Error(404, "ResourceGroupNotFound", "Resource group 'rg' could not be found."));

        AzOpenAIException e = await ScriptedArm.FailsAsync(() => ScriptedArm.Client(handler, _reporter, _clock).Deployments.DeleteAsync(ScriptedArm.Resource, "gpt", ScriptedArm.Token));

        Assert.Equal("ResourceGroupNotFound", e.ErrorId);
    }

    private Task<ArmResponse> WriteAsync(ScriptedHandler handler, TimeSpan? maxWait) =>
        ScriptedArm.Client(handler, _reporter, _clock, maxWait).Writer.WriteAsync(ScriptedArm.Account, ArmRequest.Put(ScriptedArm.Account.TrimStart('/')), wait: true, ScriptedArm.Token);

    private sealed class SlowHandler(Func<Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer();
    }
}
