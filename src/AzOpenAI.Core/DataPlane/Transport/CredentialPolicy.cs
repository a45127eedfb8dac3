using System.ClientModel.Primitives;
using System.Security;

namespace AzOpenAI.Core.DataPlane;

/// <summary>Puts the credential on, per try and as late as the pipeline allows. Entra ID is only touched by connections that use it.</summary>
internal sealed class CredentialPolicy : AuthenticationPolicy
{
    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex) =>
        throw new NotSupportedException("The data plane is called asynchronously only.");

    public override async ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)
    {
        DataPlaneSession session = CallContent.CallOf(message).Session;
        Connection connection = session.Connection;
        PipelineRequestHeaders headers = message.Request.Headers;
        foreach ((string name, object value) in connection.Headers)
            headers.Set(name, value is SecureString secret ? SecretText.Header(secret, connection) : (string)value);

        switch (connection.Authentication)
        {
            case AuthenticationKind.ApiKey when connection.Kind == ConnectionKind.OpenAI:
                headers.Set("Authorization", "Bearer " + SecretText.Header(connection.Key!, connection));
                break;
            case AuthenticationKind.ApiKey:
                headers.Set("api-key", SecretText.Header(connection.Key!, connection));
                break;
            case AuthenticationKind.EntraId:
                IssuedToken token = await session.Tokens!.GetTokenAsync(session.Scope, null, message.CancellationToken).ConfigureAwait(false);
                headers.Set("Authorization", "Bearer " + token.Value);
                break;
        }

        await ProcessNextAsync(message, pipeline, currentIndex).ConfigureAwait(false);
    }
}
