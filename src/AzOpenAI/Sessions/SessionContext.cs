using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Sessions;

namespace AzOpenAI.Sessions;

/// <summary>The context of a call to Azure Resource Manager.</summary>
internal static class SessionContext
{
    /// <summary>The specified context, or else the session's, or else a new one with the default chain.</summary>
    /// <param name="session">The session, which stores a new context.</param>
    /// <param name="given">The context in the command's parameters.</param>
    /// <param name="subscription">Subscription in the command's parameters, for this command only: a context for it isn't stored in the session.</param>
    /// <param name="options">Waits and limits.</param>
    /// <param name="cancellationToken">Cancels the sign-in.</param>
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
