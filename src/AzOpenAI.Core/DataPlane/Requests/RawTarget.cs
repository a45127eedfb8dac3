using System.Text;
using AzOpenAI.Core.DataPlane.Transport;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Requests;

/// <summary>
/// The URL of a raw request. A relative path is added to the route of the connection's dialect; a full path or URL must be below the endpoint:
/// the credential is never sent elsewhere.
/// </summary>
internal static class RawTarget
{
    // The operations that dated routes have below the deployment.
    private static readonly HashSet<string> OfDeployment = new(StringComparer.OrdinalIgnoreCase)
    {
        "completions", "chat/completions", "embeddings", "audio/transcriptions", "audio/translations", "audio/speech", "images/generations", "images/edits",
    };

    /// <summary>True for a path that calls a model.</summary>
    public static bool IsInference(string path)
    {
        string plain = Trim(path).Split('?')[0].Trim('/');
        return OfDeployment.Contains(plain) || plain.Equals("responses", StringComparison.OrdinalIgnoreCase)
            || OfDeployment.Any(operation => plain.EndsWith("/" + operation, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Returns the URL.</summary>
    /// <exception cref="AzOpenAIException">RequestPathInvalid, RequestHostForeign, DeploymentMissing.</exception>
    public static Uri Resolve(DataPlaneSession session, RawRequest request)
    {
        Uri endpoint = session.Connection.Endpoint;
        string path = request.Path.Trim();
        RequestPath.Check(path);
        string query = "";
        if (path.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark)
            (path, query) = (path[..mark], path[(mark + 1)..]);

        Uri? target;
        if (path.Contains("://", StringComparison.Ordinal))
            _ = Uri.TryCreate(path, UriKind.Absolute, out target);
        else
            _ = Uri.TryCreate(endpoint, "./" + Route(session, Trim(path), request.Deployment), out target);
        if (target is null || Trim(path).Length == 0)
            throw Failure.Of(nameof(Messages.RequestPathInvalid), ErrorKind.InvalidInput, ShownText.Path(request.Path), "it isn't a path");
        if (!IsBelow(endpoint, target))
            throw Failure.Of(nameof(Messages.RequestHostForeign), ErrorKind.InvalidInput, ShownText.Address(target), ShownText.Address(endpoint));
        return new UriBuilder(target) { Query = Query(session, query, request.Query) }.Uri;
    }

    private static string Trim(string path) => path.TrimStart('/', '\\');

    private static string Route(DataPlaneSession session, string path, string? deployment)
    {
        Connection connection = session.Connection;
        string basePath = connection.Endpoint.AbsolutePath;
        if (Begins(path, "openai"))
            return basePath.EndsWith("/openai/", StringComparison.OrdinalIgnoreCase) ? path["openai".Length..].TrimStart('/') : path;
        string plain = Begins(path, "v1") ? path["v1".Length..].TrimStart('/') : path;
        switch (connection.Kind)
        {
            case ConnectionKind.AzureV1:
                return "openai/v1/" + plain;
            case ConnectionKind.OpenAI:
                return basePath.EndsWith("/v1/", StringComparison.OrdinalIgnoreCase) ? plain : path;
            default:
                string start = connection.Kind == ConnectionKind.AzureDated ? "openai/" : "";
                if (!OfDeployment.Contains(path.TrimEnd('/')))
                    return start + path;
                return deployment is { Length: > 0 }
                    ? $"{start}deployments/{RequestPath.Segment(deployment)}/{path}"
                    : throw Failure.Of(nameof(Messages.DeploymentMissing), ErrorKind.InvalidInput, connection.Name ?? connection.Endpoint.ToString());
        }
    }

    private static bool Begins(string path, string segment) =>
        path.StartsWith(segment, StringComparison.OrdinalIgnoreCase) && (path.Length == segment.Length || path[segment.Length] == '/');

    private static bool IsBelow(Uri endpoint, Uri target) =>
        target.Scheme == endpoint.Scheme && target.Port == endpoint.Port && target.UserInfo.Length == 0
        && target.IdnHost.Equals(endpoint.IdnHost, StringComparison.OrdinalIgnoreCase)
        && target.AbsolutePath.StartsWith(endpoint.AbsolutePath, StringComparison.Ordinal);

    private static string Query(DataPlaneSession session, string given, IReadOnlyDictionary<string, string> more)
    {
        StringBuilder query = new(given.TrimEnd('&'));
        foreach ((string name, string value) in more)
            RequestPath.Append(query, name, value);
        if (session.IsDated && RequestPath.QueryValue(query.ToString(), "api-version") is null)
            RequestPath.Append(query, "api-version", session.ApiVersion!);
        return query.ToString();
    }
}
