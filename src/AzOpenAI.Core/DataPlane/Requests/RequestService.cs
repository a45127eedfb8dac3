using System.Runtime.CompilerServices;
using System.Text.Json;
using AzOpenAI.Core.DataPlane.Transport;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.DataPlane.Requests;

/// <summary>Any request to the data plane, with the connection's credential, retries and errors.</summary>
public sealed class RequestService
{
    private readonly DataPlaneSession _session;

    internal RequestService(DataPlaneSession session) => _session = session;

    /// <summary>True for a path that calls a model, which is specified in its body or its route.</summary>
    public static bool CallsModel(string path) => RawTarget.IsInference(path);

    /// <summary>Sends a request and returns when the response's headers are received.</summary>
    /// <returns>A successful response, which the caller disposes.</returns>
    /// <exception cref="AzOpenAIException">RequestPathInvalid, RequestHostForeign, HeaderInvalid, or an error of the service or the connection.</exception>
    public async Task<RawResponse> SendAsync(RawRequest request, CancellationToken cancellationToken)
    {
        request.Check();
        Uri target = RawTarget.Resolve(_session, request);
        DataPlaneCall call = new(_session, target, request.Deployment ?? target.AbsolutePath, retry: true)
        {
            ExtraHeaders = request.Headers.Count > 0 ? request.Headers : null,
            Replayable = IsReplayable(request),
        };
        call.Secrets.AddQuery(target.Query);
        return new LiveResponse(call, await DataPlaneSender.SendAsync(call, request, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>All items of a list as JSON, page by page as they arrive. A response that isn't a list is one item.</summary>
    /// <exception cref="AzOpenAIException">As <see cref="SendAsync"/>.</exception>
    public async IAsyncEnumerable<string> ListAsync(RawRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        while (true)
        {
            using RawResponse response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
            using JsonDocument document = RawJson.Parse(response, await response.ReadAsync(cancellationToken).ConfigureAwait(false));
            if (document.RootElement.Member("data"u8) is not { ValueKind: JsonValueKind.Array } items)
            {
                yield return document.RootElement.GetRawText();
                yield break;
            }

            foreach (JsonElement item in items.EnumerateArray())
                yield return item.GetRawText();
            string? last = document.RootElement.Text("last_id"u8) ?? (items.GetArrayLength() > 0 ? items[items.GetArrayLength() - 1].Text("id"u8) : null);
            if (document.RootElement.Truth("has_more"u8) != true || last is null)
                yield break;
            if (!seen.Add(last))
                throw Failure.Of(nameof(Messages.EndlessList), ErrorKind.InvalidResponse, ShownText.Path(request.Path), seen.Count);
            request = request with { Query = new Dictionary<string, string>(request.Query) { ["after"] = last } };
        }
    }

    // Requests that start something or upload are retried only if the service can't have processed them.
    private static bool IsReplayable(RawRequest request) =>
        !request.Method.Equals("POST", StringComparison.OrdinalIgnoreCase) || RawTarget.IsInference(request.Path);
}
