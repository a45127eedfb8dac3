using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using Azure.Core;

namespace AzOpenAI.Core.Management.Requests;

/// <summary>Any request to Azure Resource Manager, with the context's credential, API versions, retries and errors.</summary>
public sealed class RequestOperations
{
    private const string VersionName = "api-version";
    private const string SubscriptionPlaceholder = "{subscriptionId}";

    private static readonly string[] Roots = ["subscriptions", "tenants", "providers"];
    private static readonly string[] ReadingActions = ["list", "check", "calculate", "validate", "query"];

    private readonly ManagementClient _client;

    internal RequestOperations(ManagementClient client) => _client = client;

    /// <summary>True for a path, a resource ID or a URL below the endpoint of Azure Resource Manager.</summary>
    /// <param name="path">The caller's path.</param>
    /// <param name="endpoint">Endpoint of Azure Resource Manager; null to accept paths only.</param>
    public static bool IsOf(string path, Uri? endpoint)
    {
        ArgumentNullException.ThrowIfNull(path);
        string plain = path.Trim();
        if (plain.Contains("://", StringComparison.Ordinal))
        {
            if (endpoint is null || !Uri.TryCreate(plain, UriKind.Absolute, out Uri? address)
                || address.UserInfo.Length > 0 || address.Scheme != endpoint.Scheme || address.Port != endpoint.Port
                || !address.IdnHost.Equals(endpoint.IdnHost, StringComparison.OrdinalIgnoreCase))
                return false;
            plain = address.AbsolutePath;
        }

        string first = plain.TrimStart('/').Split('/', '?')[0];
        return Roots.Contains(first, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Sends a request.</summary>
    /// <param name="request">The request; <c>{subscriptionId}</c> in its path is replaced by the client's subscription.</param>
    /// <param name="wait">True to wait until a change is complete and return the resulting object.</param>
    /// <param name="cancellationToken">Stops waiting; a change that the service accepted continues.</param>
    /// <exception cref="AzOpenAIException">RequestPathInvalid, RequestApiVersionMissing, RequestApiVersionInvalid, HeaderInvalid, ContentTypeInvalid.</exception>
    public async Task<RawResponse> SendAsync(RawRequest request, bool wait, CancellationToken cancellationToken)
    {
        ArmRequest arm = Create(request);
        if (arm.Method == RequestMethod.Get || arm.Method == RequestMethod.Head)
            return new BufferedResponse(await _client.Arm.SendAsync(arm, cancellationToken).ConfigureAwait(false));
        ArmResponse answer = await _client.Writer.WriteAsync(Gate(arm.Path), arm, wait, cancellationToken).ConfigureAwait(false);
        return answer.IsSuccess ? new BufferedResponse(answer) : throw ArmErrors.FromAnswer(answer, _client.Context);
    }

    /// <summary>All items of a list as JSON, page by page as they arrive. A response that isn't a list is one item.</summary>
    /// <exception cref="AzOpenAIException">As <see cref="SendAsync"/>; ForeignLink, EndlessList.</exception>
    public async IAsyncEnumerable<string> ListAsync(RawRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArmRequest arm = Create(request);
        HashSet<string> seen = new(StringComparer.Ordinal);
        Uri? next = null;
        int emptyPages = 0;
        while (true)
        {
            ArmResponse response = next is null
                ? await _client.Arm.SendAsync(arm, cancellationToken).ConfigureAwait(false)
                : await _client.Arm.TryFollowAsync(arm, next, null, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccess)
                throw ArmErrors.FromAnswer(response, _client.Context);
            JsonElement page = response.Json();
            if (page.Member("value"u8) is not { ValueKind: JsonValueKind.Array } items)
            {
                yield return page.GetRawText();
                yield break;
            }

            foreach (JsonElement item in items.EnumerateArray())
                yield return item.GetRawText();
            emptyPages = items.GetArrayLength() == 0 ? emptyPages + 1 : 0;
            if (page.Text("nextLink"u8) is not { Length: > 0 } link)
                yield break;
            next = ArmEndpoint.Follow(_client.Arm.Endpoint, response.RequestUri, link);
            if (!seen.Add(next.AbsoluteUri) || emptyPages > ArmClient.MaxEmptyPages)
                throw Failure.Of(nameof(Messages.EndlessList), ErrorKind.InvalidResponse, arm.Path, seen.Count);
        }
    }

    private ArmRequest Create(RawRequest request)
    {
        request.Check();
        string path = request.Path.Trim().Replace(SubscriptionPlaceholder, RequestPath.Segment(_client.SubscriptionId), StringComparison.OrdinalIgnoreCase);
        RequestPath.Check(path);
        if (Uri.TryCreate(path, UriKind.Absolute, out Uri? address) && path.Contains("://", StringComparison.Ordinal))
            path = address.PathAndQuery;
        string query = "";
        if (path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark)
            (path, query) = (path[..mark], path[(mark + 1)..]);
        path = path.Trim('/');

        string? given = request.ApiVersion ?? RequestPath.QueryValue(query, VersionName) ?? request.Query.FirstOrDefault(static pair => IsVersion(pair.Key)).Value;
        (string version, string? fallback) = given is null ? RawApiVersions.Find(path) : (RequestPath.ManagementVersion(given), null);
        return new ArmRequest(RequestMethod.Parse(request.Method), path, version)
        {
            FallbackApiVersion = fallback,
            Query = Join(query, request.Query),
            Body = request.Body is { } body ? BinaryData.FromBytes(body.Bytes) : null,
            Headers = request.Headers.Count > 0 ? request.Headers : null,
            Replayable = !request.Method.Equals("POST", StringComparison.OrdinalIgnoreCase) || IsReadingAction(path),
        };
    }

    private static bool IsReadingAction(string path)
    {
        string action = path[(path.LastIndexOf('/') + 1)..];
        return Array.Exists(ReadingActions, word => action.StartsWith(word, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsVersion(string name) => name.Equals(VersionName, StringComparison.OrdinalIgnoreCase);

    private static string? Join(string query, IReadOnlyDictionary<string, string> more)
    {
        StringBuilder text = new();
        foreach (string pair in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsVersion(Uri.UnescapeDataString(pair.Split('=')[0])))
                text.Append(text.Length == 0 ? "" : "&").Append(pair);
        }

        foreach ((string name, string value) in more)
        {
            if (!IsVersion(name))
                RequestPath.Append(text, name, value);
        }

        return text.Length == 0 ? null : text.ToString();
    }

    // Writes to an account are serialized with those of other commands.
    private static string Gate(string path)
    {
        string[] parts = path.Split('/');
        int at = Array.FindIndex(parts, static part => part.Equals("accounts", StringComparison.OrdinalIgnoreCase));
        return at >= 0 && at + 1 < parts.Length ? string.Join('/', parts.Take(at + 2)) : path;
    }
}
