using System.Security;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.DataPlane.Chat;
using AzOpenAI.Core.DataPlane.Limits;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Tests.DataPlane;

/// <summary>Connections, requests and answers as the service gives them.</summary>
internal static class Samples
{
    public const string Canary = "canary0key0never0shown0123456789";

    public const string Completion = """
        {"id":"chatcmpl-1","object":"chat.completion","created":1728073417,"model":"gpt-4o-2024-08-06","system_fingerprint":"fp_503a95a7d8",
         "choices":[{"index":0,"finish_reason":"stop","logprobs":null,"message":{"role":"assistant","content":"Grüß Gott \"you\"","refusal":null},
          "content_filter_results":{"hate":{"filtered":false,"severity":"low"},"protected_material_code":{"filtered":false,"detected":false}}}],
         "prompt_filter_results":[{"prompt_index":0,"content_filter_results":{"jailbreak":{"filtered":false,"detected":true}}}],
         "usage":{"prompt_tokens":20,"completion_tokens":1843,"total_tokens":1863,"completion_tokens_details":{"reasoning_tokens":448},
          "prompt_tokens_details":{"cached_tokens":12}}}
        """;

    public static ChatRequest Ask { get; } = new() { Deployment = "gpt", Messages = [new ChatMessage("user", "Hello")] };

    public static SecureString Secret(string text)
    {
        SecureString secret = new();
        foreach (char character in text)
            secret.AppendChar(character);
        secret.MakeReadOnly();
        return secret;
    }

    public static Connection Connection(Uri endpoint, ConnectionKind kind = ConnectionKind.AzureV1) => new()
    {
        Endpoint = endpoint,
        Kind = kind,
        ApiVersion = kind is ConnectionKind.AzureDated or ConnectionKind.ApiManagement ? "2024-10-21" : null,
        Authentication = AuthenticationKind.ApiKey,
        Key = Secret(Canary),
    };

    public static ChatService Chat(Uri endpoint, ServiceOptions? options = null, RequestGovernors? governors = null) => Chat(Connection(endpoint), options, governors: governors);

    public static ChatService Chat(Connection connection, ServiceOptions? options = null, TokenSource? tokens = null, RequestGovernors? governors = null) =>
        new DataPlaneClient(connection, tokens, null, options ?? new ServiceOptions(), governors).Chat;

    public static async Task<List<ChatStreamEvent>> ReadAsync(ChatService chat, ChatRequest? request = null)
    {
        List<ChatStreamEvent> events = [];
        await foreach (ChatStreamEvent item in chat.StreamAsync(request ?? Ask, TestContext.Current.CancellationToken))
            events.Add(item);
        return events;
    }
}

/// <summary>Gives a fixed token.</summary>
internal sealed class FixedTokenSource(CredentialSource source = CredentialSource.Emulator, string token = "token-of-the-test") : TokenSource
{
    public List<string> Scopes { get; } = [];

    public List<string?> Claims { get; } = [];

    public override CredentialSource Source => source;

    internal override ValueTask<IssuedToken> GetTokenAsync(string scope, string? tenantId, string? claims, CancellationToken cancellationToken)
    {
        Scopes.Add(scope);
        Claims.Add(claims);
        return ValueTask.FromResult(new IssuedToken(token, DateTimeOffset.MaxValue));
    }
}
