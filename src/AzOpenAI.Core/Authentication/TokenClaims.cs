using System.Buffers.Text;
using System.Text.Json;

namespace AzOpenAI.Core.Authentication;

/// <summary>The claims of an Entra ID token that are useful to a user. Read, not verified: the service does that.</summary>
internal sealed record TokenClaims
{
    public string? Account { get; init; }

    public string? TenantId { get; init; }

    /// <summary>Object ID of the principal.</summary>
    public string? ObjectId { get; init; }

    /// <summary>True for a service principal or managed identity, which has no delegated permissions.</summary>
    public bool IsApplication { get; init; }

    public DateTimeOffset? ExpiresOn { get; init; }

    /// <summary>The audience: the URL or the application ID of a service; or null.</summary>
    public string? Audience { get; init; }

    /// <summary>The claims, or null if the token isn't a JWT.</summary>
    public static TokenClaims? Read(string token)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3)
            return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
            JsonElement root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
                return null;
            return new TokenClaims
            {
                Account = Text(root, "upn") ?? Text(root, "unique_name") ?? Text(root, "preferred_username") ?? Text(root, "appid") ?? Text(root, "azp") ?? Text(root, "oid"),
                TenantId = Text(root, "tid"),
                ObjectId = Text(root, "oid"),
                IsApplication = Text(root, "idtyp") is string kind ? kind == "app" : Text(root, "scp") is null && Text(root, "upn") is null,
                Audience = Text(root, "aud"),
                ExpiresOn = root.TryGetProperty("exp", out JsonElement exp) && exp.TryGetInt64(out long seconds) && seconds is > 0 and < 253402300799
                    ? DateTimeOffset.FromUnixTimeSeconds(seconds)
                    : null,
            };
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
