namespace AzOpenAI.Core.Authentication;

/// <summary>The emulator's dummy token.</summary>
internal sealed class EmulatorTokenSource : TokenSource
{
    public const string Token = "emulator";

    public override CredentialSource Source => CredentialSource.Emulator;

    internal override ValueTask<IssuedToken> GetTokenAsync(string scope, string? tenantId, string? claims, CancellationToken cancellationToken) =>
        new(new IssuedToken(Token, DateTimeOffset.MaxValue));
}
