using System.Net.Sockets;
using AzOpenAI.Core.Errors;
using Azure;

namespace AzOpenAI.Core.Http;

/// <summary>Connections that failed.</summary>
internal static class TransportFailure
{
    /// <summary>True if the connection caused the exception, not the caller's cancellation or the module's own checks.</summary>
    public static bool Is(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        RequestFailedException failed => failed.Status == 0,
        HttpRequestException or IOException => true,
        // The pipeline's network timeout.
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };

    /// <summary>True if the service can't have received any byte of the request.</summary>
    public static bool WasNeverSent(Exception exception) =>
        Find<HttpRequestException>(exception)?.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    public static string Describe(Exception exception)
    {
        if (exception is OperationCanceledException)
            return "no response within the network timeout";
        if (Find<SocketException>(exception) is SocketException socket)
            return socket.SocketErrorCode switch
            {
                SocketError.ConnectionRefused => "the connection was refused",
                SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host name can't be resolved",
                SocketError.ConnectionReset => "the connection was reset",
                SocketError.TimedOut => "the connection timed out",
                _ => socket.Message,
            };
        return Find<HttpRequestException>(exception)?.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => "the host name can't be resolved",
            HttpRequestError.SecureConnectionError => "the TLS handshake failed: " + Innermost(exception),
            HttpRequestError.ResponseEnded => "the connection was closed before the response was complete",
            _ => Innermost(exception),
        };
    }

    public static AzOpenAIException ToException(Exception exception, Uri uri, SecretRedactor secrets, ServiceOptions options)
    {
        var facts = new AnswerFacts { Secrets = secrets, InnerException = exception };
        return exception switch
        {
            ResponseTooLargeException large => ResponseFailure.TooLarge(large, facts, uri.Authority),
            InvalidDataException => ResponseFailure.BadlyCompressed(facts, uri.Authority),
            OperationCanceledException => Failure.Of(nameof(Messages.NetworkTimeout), ErrorKind.Timeout, facts, uri.Authority, RetryWait.Show(options.NetworkTimeout)),
            _ => Failure.Of(nameof(Messages.ServiceUnreachable), ErrorKind.Connection, facts, uri.Authority, Describe(exception)),
        };
    }

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is Exception inner)
            exception = inner;
        return exception.Message.TrimEnd('.');
    }

    /// <summary>The first exception of a type in a chain.</summary>
    public static T? Find<T>(Exception? exception)
        where T : Exception
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is T found)
                return found;
        }

        return null;
    }
}
