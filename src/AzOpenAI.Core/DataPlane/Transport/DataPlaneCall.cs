using System.ClientModel.Primitives;
using AzOpenAI.Core.DataPlane.Limits;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Transport;

/// <summary>
/// All that belongs to one call. The SDK's pipeline is shared by every connection and holds no state, so that a second call costs little; the policies
/// find the call on the message.
/// </summary>
internal sealed class DataPlaneCall(DataPlaneSession session, Uri target, string deployment, bool retry)
{
    /// <summary>Connection, credential and options.</summary>
    public DataPlaneSession Session { get; } = session;

    /// <summary>Where the request goes.</summary>
    public Uri Target { get; } = target;

    /// <summary>The deployment or model.</summary>
    public string Deployment { get; } = deployment;

    /// <summary>False: one try, whatever it brings.</summary>
    public bool Retry { get; } = retry;

    /// <summary>False: tried again only where the request surely was not carried out.</summary>
    public bool Replayable { get; init; } = true;

    /// <summary>Headers of this call alone.</summary>
    public IReadOnlyDictionary<string, object>? ExtraHeaders { get; set; }

    /// <summary>Gives leave to each try, where the limits are shared with other requests.</summary>
    public DeploymentGovernor? Governor { get; set; }

    /// <summary>Tokens that a try is estimated to cost, for <see cref="Governor"/>.</summary>
    public long Cost { get; set; }

    /// <summary>True: the answer is read whole within the try, so that one that breaks off can be asked for again.</summary>
    public bool IsBuffered { get; set; }

    /// <summary>The body of the last try's answer.</summary>
    public LimitedStream? Body { get; set; }

    /// <summary>The secrets that the tries carried, for text that is shown.</summary>
    public SecretRedactor Secrets { get; } = new();

    /// <summary>What the retry policy decided last.</summary>
    public RetryDecision Decision { get; set; } = RetryDecision.Stop;

    /// <summary>What goes on, for progress and verbose lines.</summary>
    public string Activity => field ??= $"Calling '{Deployment}' at {Target.Host}";

    /// <summary>The call that a message belongs to.</summary>
    public static DataPlaneCall Of(PipelineMessage message) =>
        message.TryGetProperty(typeof(DataPlaneCall), out object? property) && property is DataPlaneCall call
            ? call
            : throw new InvalidOperationException("The message wasn't created by this library.");

    /// <summary>What an answer's head tells, for an exception.</summary>
    public AnswerFacts Facts(PipelineResponse response) => new()
    {
        Secrets = Secrets,
        StatusCode = response.Status,
        RequestId = AnswerHeaders.RequestId(this, response),
    };

    /// <summary>Makes <see cref="Of"/> find the call.</summary>
    public void Mark(PipelineMessage message) => message.SetProperty(typeof(DataPlaneCall), this);
}
