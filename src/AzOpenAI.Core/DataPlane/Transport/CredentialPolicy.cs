using System.ClientModel.Primitives;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane;

/// <summary>Puts the credential on, per try and as late as the pipeline allows. Entra ID is only touched by connections that use it.</summary>
internal sealed class CredentialPolicy : AuthenticationPolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
        throw new NotSupportedException("The data plane is called asynchronously only.");

    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        DataPlaneCall call = DataPlaneCall.Of(message);
        Connection connection = call.Session.Connection;
        PipelineRequestHeaders headers = message.Request.Headers;
        Set(headers, connection.Headers);
        if (call.ExtraHeaders is { } extra)
            Set(headers, extra);

        switch (connection.Authentication)
        {
            case AuthenticationKind.ApiKey when connection.Kind == ConnectionKind.OpenAI:
                headers.Set("Authorization", "Bearer " + SecretText.Header(connection.Key!, connection));
                break;
            case AuthenticationKind.ApiKey:
                headers.Set("api-key", SecretText.Header(connection.Key!, connection));
                break;
            case AuthenticationKind.EntraId:
                return ProcessWithTokenAsync(message, pipeline, currentIndex, call.Session);
        }

        return ProcessNextAsync(message, pipeline, currentIndex);
    }

    private static void Set(PipelineRequestHeaders headers, IReadOnlyDictionary<string, object> values)
    {
        foreach ((string name, object value) in values)
            headers.Set(name, HeaderRules.Value(name, value));
    }

    private static async ValueTask ProcessWithTokenAsync(
        PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex, DataPlaneSession session)
    {
        await AuthorizeAsync(message, session, null).ConfigureAwait(false);
        await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
        if (ClaimsChallenge.Read(message.Response) is string claims)
        {
            message.Response!.Dispose();
            await AuthorizeAsync(message, session, claims).ConfigureAwait(false);
            await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
        }
    }

    private static async ValueTask AuthorizeAsync(PipelineMessage message, DataPlaneSession session, string? claims)
    {
        // The last place before the wire: whatever made the connection, and wherever the request goes by now.
        Uri target = message.Request.Uri!;
        TokenHosts.Check(target, session.Connection.TrustedHost, session.Environment);
        IssuedToken token = await TokenRequest.GetAsync(session.Tokens!, session.Scope, null, claims, session.Options, message.CancellationToken).ConfigureAwait(false);
        message.Request.Headers.Set("Authorization", HeaderRules.Value("Authorization", "Bearer " + token.Value));
        if (session.Tokens!.Source != CredentialSource.Emulator)
            TokenHosts.Tell(target, session.Scope, session.Options);
    }
}
