namespace AzOpenAI.Core.Management.Arm;

/// <summary>The details of a failure.</summary>
/// <param name="Status">HTTP status; null for a failed long-running operation.</param>
/// <param name="Code">The service's code.</param>
/// <param name="Message">The service's message.</param>
/// <param name="Target">The object of the request.</param>
/// <param name="Context">The context.</param>
internal sealed record ArmFailure(int? Status, string? Code, string Message, ArmTarget Target, Context Context)
{
    public string? RetryAfter { get; init; }

    public string? RequestId { get; init; }

    /// <summary>The part of the message that is searched for details, limited in length.</summary>
    public string Text => Message.Length > 4096 ? Message[..4096] : Message;

    public string Account => Target.Account ?? "(unknown)";

    public string Group => Target.ResourceGroup ?? "(unknown)";

    public string Subscription => Target.SubscriptionId ?? Context.SubscriptionId;
}
