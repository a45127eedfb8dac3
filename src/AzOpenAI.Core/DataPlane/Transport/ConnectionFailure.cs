using System.Net.Sockets;
using System.Security.Authentication;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Transport;

/// <summary>Turns failures below HTTP into exceptions that make sense to a user.</summary>
internal static class ConnectionFailure
{
    /// <summary>True for a response that couldn't be read: the connection failed or timed out, or the body is too large or its compression invalid.</summary>
    public static bool Is(Exception exception, CancellationToken cancellationToken) =>
        exception is ResponseTooLargeException or InvalidDataException || RetryPolicy.IsConnectionFailure(exception, cancellationToken);

    /// <summary>Creates the exception for a response that couldn't be read.</summary>
    /// <param name="call">The call.</param>
    /// <param name="exception">The cause.</param>
    /// <param name="partial">What was received before.</param>
    public static AzOpenAIException From(DataPlaneCall call, Exception exception, object? partial = null)
    {
        string host = call.Target.Authority;
        AnswerFacts facts = new() { Secrets = call.Secrets, InnerException = exception, Partial = partial };
        if (exception is ResponseTooLargeException large)
            return ResponseFailure.TooLarge(large, facts, host);
        if (exception is InvalidDataException)
            return ResponseFailure.BadlyCompressed(facts, host);
        if (exception is OperationCanceledException && Find<TimeoutException>(exception) is null)
            return Failure.Of(nameof(Messages.NetworkTimeout), ErrorKind.Timeout, facts, host, RetryWait.Show(call.Session.Options.NetworkTimeout));

        string reason = exception switch
        {
            OperationCanceledException => $"the connection timed out after {RetryWait.Show(SharedHandler.ConnectTimeout)}",
            _ when Find<AuthenticationException>(exception) is { } tls => $"the TLS handshake failed: {tls.Message}",
            _ when Find<SocketException>(exception) is { } socket => socket.SocketErrorCode switch
            {
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host name can't be resolved",
                SocketError.ConnectionRefused => "the connection was refused",
                SocketError.ConnectionReset => "the connection was reset",
                _ => socket.Message,
            },
            _ when Find<HttpRequestException>(exception) is { HttpRequestError: HttpRequestError.ProxyTunnelError } proxy => proxy.Message,
            _ => "the connection was closed before the response was complete",
        };
        return Failure.Of(nameof(Messages.ServiceUnreachable), ErrorKind.Connection, facts, host, reason);
    }

    private static T? Find<T>(Exception? exception) where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found)
                return found;
        }

        return null;
    }
}
