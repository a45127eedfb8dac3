namespace AzOpenAI.Core.Management.Arm;

/// <summary>What is known of a failure.</summary>
/// <param name="Status">HTTP status; null for a failed long-running operation.</param>
/// <param name="Code">The service's code.</param>
/// <param name="Message">The service's message.</param>
/// <param name="Target">What the request was about.</param>
/// <param name="Context">The session.</param>
internal sealed record ArmFailure(int? Status, string? Code, string Message, ArmTarget Target, Context Context)
{
    public string? RetryAfter { get; init; }

    public string? RequestId { get; init; }

    /// <summary>The part of the message in which facts are looked for: bounded, whatever the service sends.</summary>
    public string Text => Message.Length > 4096 ? Message[..4096] : Message;

    public string Account => Target.Account ?? "(unknown)";

    public string Group => Target.ResourceGroup ?? "(unknown)";

    public string Subscription => Target.SubscriptionId ?? Context.SubscriptionId;
}
