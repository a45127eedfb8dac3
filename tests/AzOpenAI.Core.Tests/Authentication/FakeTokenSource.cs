using System.Buffers.Text;
using System.Text;

namespace AzOpenAI.Core.Tests.Authentication;

/// <summary>A token source that does what a test says.</summary>
internal sealed class FakeTokenSource(Func<CancellationToken, ValueTask<string>> token) : TokenSource
{
    public override CredentialSource Source => CredentialSource.AzureCli;

    public int Calls { get; private set; }

    internal override async ValueTask<IssuedToken> GetTokenAsync(string scope, string? tenantId, string? claims, CancellationToken cancellationToken)
    {
        Calls++;
        return new IssuedToken(await token(cancellationToken), DateTimeOffset.UtcNow.AddHours(1));
    }

    /// <summary>An unsigned token with the claims.</summary>
    public static string Jwt(string claims) =>
        $"{Base64Url.EncodeToString("{}"u8)}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.c2ln";
}
