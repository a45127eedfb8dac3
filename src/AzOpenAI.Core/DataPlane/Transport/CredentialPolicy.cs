using System.ClientModel.Primitives;
using System.Security;
using AzOpenAI.Core.Authentication;

namespace AzOpenAI.Core.DataPlane;

/// <summary>Puts the credential on, per try and as late as the pipeline allows. Entra ID is only touched by connections that use it.</summary>
internal sealed class CredentialPolicy : AuthenticationPolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
        throw new NotSupportedException("The data plane is called asynchronously only.");

    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        DataPlaneCall call = CallContent.CallOf(message);
        DataPlaneSession session = call.Session;
        Connection connection = session.Connection;
        PipelineRequestHeaders headers = message.Request.Headers;
        foreach ((string name, object value) in connection.Headers)
            headers.Set(name, value is SecureString secret ? SecretText.Header(secret, connection) : (string)value);

        if (call.ExtraHeaders is { } extra)
        {
            foreach ((string name, object value) in extra)
                headers.Set(name, value is SecureString secret ? SecretText.Header(secret, connection) : (string)value);
        }

        switch (connection.Authentication)
        {
            case AuthenticationKind.ApiKey when connection.Kind == ConnectionKind.OpenAI:
                headers.Set("Authorization", "Bearer " + SecretText.Header(connection.Key!, connection));
                break;
            case AuthenticationKind.ApiKey:
                headers.Set("api-key", SecretText.Header(connection.Key!, connection));
                break;
            case AuthenticationKind.EntraId:
                await AuthorizeAsync(message, session, null).ConfigureAwait(false);
                await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
                if (ClaimsChallenge.Read(message.Response) is string claims)
                {
                    message.Response!.Dispose();
                    await AuthorizeAsync(message, session, claims).ConfigureAwait(false);
                    await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
                }

                return;
        }

        await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
    }

    private static async ValueTask AuthorizeAsync(PipelineMessage message, DataPlaneSession session, string? claims)
    {
        IssuedToken token = await TokenRequest.GetAsync(session.Tokens!, session.Scope, null, claims, session.Options, message.CancellationToken).ConfigureAwait(false);
        message.Request.Headers.Set("Authorization", "Bearer " + token.Value);
    }
}
