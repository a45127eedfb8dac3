using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Sessions;

namespace AzOpenAI.Sessions;

/// <summary>The context of a call to Azure Resource Manager.</summary>
internal static class SessionContext
{
    /// <summary>The context that was given, else the session's, else a new one by the default chain.</summary>
    /// <param name="session">The session; it keeps a new context.</param>
    /// <param name="given">What the command was given.</param>
    /// <param name="subscription">Subscription that the command names, for this command only: a context made for it is not the session's.</param>
    /// <param name="options">Waits and limits.</param>
    /// <param name="cancellationToken">Ends the login.</param>
    public static async Task<Context> GetAsync(Session session, Context? given, string? subscription, ServiceOptions options, CancellationToken cancellationToken)
    {
        if ((given ?? session.Context) is { } known)
            return known;
        Context made = await ContextFactory.ConnectAsync(
            new ConnectRequest { Credential = new CredentialOptions(), Environment = CloudSelection.Select(null), Subscription = subscription, Tenant = null },
            options, cancellationToken).ConfigureAwait(false);
        if (subscription is null)
            session.Context = made;
        return made;
    }
}
