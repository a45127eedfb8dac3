using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using Azure;
using Azure.Identity;

namespace AzOpenAI.Core.Authentication;

/// <summary>Reduces Azure.Identity's long exception chains to a short sentence.</summary>
internal static partial class CredentialFailure
{
    private const int MaxReason = 160;
    private const int MaxMessage = 400;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool Is(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        AuthenticationFailedException or RequestFailedException or HttpRequestException or IOException => true,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => false,
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static AzOpenAIException ToException(Exception exception, CredentialOptions options, CloudEnvironment environment)
    {
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            // Thrown by our own callbacks inside the SDK.
            if (inner is AzOpenAIException own)
                return own;
        }

        var facts = new AnswerFacts { InnerException = exception };
        if (exception is AuthenticationRequiredException)
            return Failure.Of(nameof(Messages.LoginExpired), ErrorKind.Authentication, facts, options.Source);
        if (exception is CredentialUnavailableException)
            return Failure.Of(nameof(Messages.CredentialUnavailable), ErrorKind.Authentication, facts, options.Source, Compact(exception.Message));
        // If the authority can't be reached, the credential wasn't rejected.
        if (options.Source != CredentialSource.ManagedIdentity && TransportFailure.Find<HttpRequestException>(exception) is not null)
            return Failure.Of(nameof(Messages.ServiceUnreachable), ErrorKind.Connection, facts, environment.AuthorityHost.Authority, TransportFailure.Describe(exception));
        return Failure.Of(nameof(Messages.AuthenticationFailed), ErrorKind.Authentication, facts, options.Source, Refusal(exception), Advice(options));
    }

    /// <summary>The reason of each source of a chain: <c>EnvironmentCredential: not configured; AzureCliCredential: az is not installed</c>.</summary>
    internal static string Compact(string message)
    {
        string[] lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string[] sources = [.. lines.Where(l => l.StartsWith("- ", StringComparison.Ordinal)).Select(l => Reason(l[2..]))];
        return sources.Length > 0 ? string.Join("; ", sources) : Reason(string.Join(' ', lines));
    }

    private static string Reason(string line)
    {
        string text = FirstSentences().Match(line.Replace("DefaultAzureCredential failed to retrieve a token from the included credentials.", "", StringComparison.Ordinal)).Value;
        text = Space().Replace(text, " ").Trim().TrimEnd('.');
        return text.Length > MaxReason ? text[..MaxReason] + "..." : text;
    }

    private static string Refusal(Exception exception)
    {
        string message = exception.Message;
        for (Exception? inner = exception.InnerException; inner is not null && !message.Contains("AADSTS", StringComparison.Ordinal); inner = inner.InnerException)
            message = inner.Message;
        if (!message.Contains("AADSTS", StringComparison.Ordinal))
            message = exception.Message;
        Match code = EntraCode().Match(message);
        string text = Space().Replace(code.Success ? code.Value : Compact(message), " ").Trim().TrimEnd('.');
        return text.Length > MaxMessage ? text[..MaxMessage] + "..." : text;
    }

    private static string Advice(CredentialOptions options) => options.Source switch
    {
        CredentialSource.ClientSecret => "Check -Credential (user name: application ID, password: client secret value, not the secret ID) and -Tenant.",
        CredentialSource.ClientCertificate => "Check that the certificate is registered with the application, and check -ApplicationId and -Tenant.",
        CredentialSource.FederatedToken => "Check that the application has a federated credential for this issuer and subject, and check -ApplicationId and -Tenant.",
        CredentialSource.ManagedIdentity => "Check that this machine has a managed identity. For a user-assigned identity, specify -ApplicationId.",
        CredentialSource.AzureCli => "Run 'az login' (with --tenant if needed) and try again.",
        CredentialSource.AzurePowerShell => "Run Connect-AzAccount (with -Tenant if needed) and try again.",
        CredentialSource.DeviceCode or CredentialSource.Interactive => "Sign in again. Specify -Tenant if the account belongs to several tenants.",
        _ => "Specify a credential: Connect-AzOpenAI -AzureCli, -UseDeviceAuthentication, -Identity, -Credential or -FederatedToken, with -Tenant if needed.",
    };

    [GeneratedRegex(@"^.*?(?=(?:\.\s*(?:See the troubleshooting|To mitigate|For more|https?://)|\s*$))", RegexOptions.Singleline, 2000)]
    private static partial Regex FirstSentences();

    [GeneratedRegex(@"AADSTS\d+:.*?(?=\s*(?:Trace ID|Correlation ID|Timestamp|https?://|\r?\n|$))", RegexOptions.Singleline, 2000)]
    private static partial Regex EntraCode();

    [GeneratedRegex(@"\s+", RegexOptions.None, 2000)]
    private static partial Regex Space();
}
