using System.ClientModel.Primitives;
using AzOpenAI.Core.DataPlane.Limits;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Transport;

/// <summary>The tries of a call under a governor. A 429 delays all calls there and doesn't count as a retry of the schedule.</summary>
internal sealed class GovernedCall(DataPlaneCall call, RetrySchedule schedule)
{
    private readonly DeploymentGovernor _governor = call.Governor!;
    private readonly ServiceOptions _options = call.Session.Options;
    private Grant _grant;
    private TimeSpan? _first;

    /// <summary>Waits for permission to send.</summary>
    /// <exception cref="AzOpenAIException">WaitTooLong.</exception>
    public async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        ValueTask<Grant> leave = _governor.EnterAsync(call.Cost, _options.MaxWait, cancellationToken);
        if (leave.IsCompletedSuccessfully)
        {
            _grant = await leave.ConfigureAwait(false);
        }
        else
        {
            long started = _options.Clock.GetTimestamp();
            _grant = await leave.ConfigureAwait(false);
            schedule.Exclude(_options.Clock.GetElapsedTime(started));
        }

        _first ??= _grant.At;
    }

    /// <summary>Reports a response to the governor. True for a 429, after which the call decides whether to retry.</summary>
    public bool IsRefusal(PipelineResponse response)
    {
        string? Header(string name) => response.Headers.TryGetValue(name, out string? value) ? value : null;
        if (response.Status != 429)
        {
            _governor.Taken(_grant, Header);
            return false;
        }

        call.Decision = _governor.Refused(_grant, Header, _options.MaxWait, _first!.Value);
        if (call.Decision.Again)
            _options.Reporter.Verbose($"{call.Activity}: the service returned 429. All calls wait for the rate limit.");
        return true;
    }
}
