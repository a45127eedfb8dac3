using System.Net.Http.Headers;
using System.Text.Json;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Authentication;

/// <summary>The OIDC token of a GitHub Actions job, requested again each time: it is valid for minutes only.</summary>
internal sealed class GitHubToken(CloudEnvironment environment, Func<string, string?> variable)
{
    private const string UrlVariable = "ACTIONS_ID_TOKEN_REQUEST_URL";
    private const string TokenVariable = "ACTIONS_ID_TOKEN_REQUEST_TOKEN";

    // Unverified: the audiences of the sovereign clouds.
    private string Audience => environment.Name switch
    {
        "AzureUSGovernment" => "api://AzureADTokenExchangeUSGov",
        "AzureChinaCloud" => "api://AzureADTokenExchangeChina",
        _ => "api://AzureADTokenExchange",
    };

    public static bool IsOffered(Func<string, string?> variable) => !string.IsNullOrEmpty(variable(UrlVariable)) && !string.IsNullOrEmpty(variable(TokenVariable));

    public async Task<string> GetAsync(CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(variable(UrlVariable), UriKind.Absolute, out Uri? url) || (url.Scheme != Uri.UriSchemeHttps && !Loopback.Is(url)))
            throw FederatedCredential.Unavailable($"{UrlVariable} isn't an https address");

        var target = new UriBuilder(url);
        target.Query = $"{(target.Query.Length > 1 ? target.Query[1..] + "&" : "")}audience={Uri.EscapeDataString(Audience)}";
        using var request = new HttpRequestMessage(HttpMethod.Get, target.Uri);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", variable(TokenVariable));
        try
        {
            using HttpResponseMessage response = await SharedHandler.For(url).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw FederatedCredential.Unavailable($"GitHub returned HTTP {(int)response.StatusCode}");
            using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            using JsonDocument body = await JsonDocument.ParseAsync(new LimitedStream(stream, ResponseLimits.Error, truncate: true), default, cancellationToken).ConfigureAwait(false);
            return body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("value", out JsonElement value) && value.GetString() is { Length: > 0 } token
                ? token
                : throw FederatedCredential.Unavailable("GitHub's response doesn't contain a token");
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw FederatedCredential.Unavailable($"can't connect to GitHub's token service ({e.Message.TrimEnd('.')})");
        }
        catch (JsonException)
        {
            throw FederatedCredential.Unavailable("GitHub's response isn't valid JSON");
        }
    }
}
