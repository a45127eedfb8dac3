using System.ClientModel.Primitives;
using AzOpenAI.Core.DataPlane.Limits;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Transport;

/// <summary>
/// The state of one call. The SDK's pipeline is shared by all connections and is stateless, so that a second call is cheap; the policies
/// get the call from the message.
/// </summary>
internal sealed class DataPlaneCall(DataPlaneSession session, Uri target, string deployment, bool retry)
{
    /// <summary>Connection, credential and options.</summary>
    public DataPlaneSession Session { get; } = session;

    /// <summary>The URL of the request.</summary>
    public Uri Target { get; } = target;

    /// <summary>The deployment or model.</summary>
    public string Deployment { get; } = deployment;

    /// <summary>False to never retry.</summary>
    public bool Retry { get; } = retry;

    /// <summary>False to retry only if the service can't have processed the request.</summary>
    public bool Replayable { get; init; } = true;

    /// <summary>Headers of this call only.</summary>
    public IReadOnlyDictionary<string, object>? ExtraHeaders { get; set; }

    /// <summary>Permits each try, if the limits are shared with other requests.</summary>
    public DeploymentGovernor? Governor { get; set; }

    /// <summary>Estimated tokens of a try, for <see cref="Governor"/>.</summary>
    public long Cost { get; set; }

    /// <summary>True to read the whole response within the try, so that an interrupted one can be retried.</summary>
    public bool IsBuffered { get; set; }

    /// <summary>The body of the last try's response.</summary>
    public LimitedStream? Body { get; set; }

    /// <summary>The secrets that the tries carried, to mask them in displayed text.</summary>
    public SecretRedactor Secrets { get; } = new();

    /// <summary>The last decision of the retry policy.</summary>
    public RetryDecision Decision { get; set; } = RetryDecision.Stop;

    /// <summary>The activity, for progress and verbose messages.</summary>
    public string Activity => field ??= $"Calling '{Deployment}' at {Target.Host}";

    /// <summary>Returns the call that a message belongs to.</summary>
    public static DataPlaneCall Of(PipelineMessage message) =>
        message.TryGetProperty(typeof(DataPlaneCall), out object? property) && property is DataPlaneCall call
            ? call
            : throw new InvalidOperationException("The message wasn't created by this library.");

    /// <summary>Returns the data of a response's headers, for an exception.</summary>
    public AnswerFacts Facts(PipelineResponse response) => new()
    {
        Secrets = Secrets,
        StatusCode = response.Status,
        RequestId = AnswerHeaders.RequestId(this, response),
    };

    /// <summary>Lets <see cref="Of"/> find the call.</summary>
    public void Mark(PipelineMessage message) => message.SetProperty(typeof(DataPlaneCall), this);
}
