using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Authentication;

/// <summary>Requests a token from a source, and waits no longer than the caller: a credential that hangs is abandoned.</summary>
internal static class TokenRequest
{
    public static async ValueTask<IssuedToken> GetAsync(
        TokenSource source, string scope, string? tenantId, string? claims, ServiceOptions options, CancellationToken cancellationToken)
    {
        if (claims is null && source.Kept(scope, tenantId) is IssuedToken kept)
            return kept;

        // A device code expires; until then the user may take their time.
        TimeSpan wait = source.Source == CredentialSource.DeviceCode ? options.LoginWait ?? Timeout.InfiniteTimeSpan : options.MaxWait;
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // On the thread pool: some credentials start processes or open stores before their first await.
        Task<IssuedToken> pending = Task.Run(
            async () => await source.GetTokenAsync(scope, tenantId, claims, abandoned.Token).ConfigureAwait(false), cancellationToken);
        try
        {
            return await pending.WaitAsync(wait, options.Clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw Failure.Of(nameof(Messages.TokenTimeout), ErrorKind.Timeout, source.Source, RetryWait.Show(wait));
        }
        finally
        {
            if (!pending.IsCompleted)
            {
                await abandoned.CancelAsync().ConfigureAwait(false);
                _ = pending.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }
        }
    }
}
