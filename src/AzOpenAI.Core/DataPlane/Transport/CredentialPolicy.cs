using System.ClientModel.Primitives;
using System.Security;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Transport;

/// <summary>Adds the credential, for each try and as late as possible. Entra ID is only used by connections that require it.</summary>
internal sealed class CredentialPolicy : AuthenticationPolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
        throw new NotSupportedException("The data plane supports only asynchronous calls.");

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        DataPlaneCall call = DataPlaneCall.Of(message);
        Connection connection = call.Session.Connection;
        PipelineRequestHeaders headers = message.Request.Headers;
        Set(headers, connection.Headers, call);
        if (call.ExtraHeaders is { } extra)
            Set(headers, extra, call);

        switch (connection.Authentication)
        {
            case AuthenticationKind.ApiKey when connection.Kind == ConnectionKind.OpenAI:
                headers.Set("Authorization", "Bearer " + Reveal(connection.Key!, call));
                break;
            case AuthenticationKind.ApiKey:
                headers.Set("api-key", Reveal(connection.Key!, call));
                break;
            case AuthenticationKind.EntraId:
                return ProcessWithTokenAsync(message, pipeline, currentIndex, call);
        }

        return ProcessNextAsync(message, pipeline, currentIndex);
    }

    private static void Set(PipelineRequestHeaders headers, IReadOnlyDictionary<string, object> values, DataPlaneCall call)
    {
        foreach ((string name, object value) in values)
            headers.Set(name, call.Secrets.AddHeader(name, HeaderRules.Value(name, value), isSecret: value is SecureString));
    }

    private static string Reveal(SecureString secret, DataPlaneCall call)
    {
        string text = SecretText.Header(secret, call.Session.Connection);
        call.Secrets.Add(text);
        return text;
    }

    private static async ValueTask ProcessWithTokenAsync(
        PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex, DataPlaneCall call)
    {
        await AuthorizeAsync(message, call, null).ConfigureAwait(false);
        await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
        if (ClaimsChallenge.Read(message.Response) is string claims)
        {
            message.Response!.Dispose();
            await AuthorizeAsync(message, call, claims).ConfigureAwait(false);
            await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
        }
    }

    private static async ValueTask AuthorizeAsync(PipelineMessage message, DataPlaneCall call, string? claims)
    {
        DataPlaneSession session = call.Session;
        // The last check before the request is sent, wherever the connection comes from and wherever the request now goes.
        Uri target = message.Request.Uri!;
        TokenHosts.Check(target, session.Connection.TrustedHost, session.Environment);
        IssuedToken token = await TokenRequest.GetAsync(session.Tokens!, session.Scope, null, claims, session.Options, message.CancellationToken).ConfigureAwait(false);
        if (token.Value != EmulatorTokenSource.Token)
            call.Secrets.Add(token.Value);
        message.Request.Headers.Set("Authorization", HeaderRules.Value("Authorization", "Bearer " + token.Value));
        if (session.Tokens!.Source != CredentialSource.Emulator)
            TokenHosts.Tell(target, session.Scope, session.Options);
    }
}
