using System.Net;
using System.Text;

namespace AzOpenAI.Core.Tests.Management;

/// <summary>Answers requests by a function and keeps them.</summary>
internal sealed class ScriptedHandler(Func<SentRequest, HttpResponseMessage> answer) : HttpMessageHandler
{
    private readonly List<SentRequest> _requests = [];

    /// <summary>A handler that gives one answer after the other, the last one for ever.</summary>
    public ScriptedHandler(params Func<SentRequest, HttpResponseMessage>[] answers)
        : this(Sequence(answers))
    {
    }

    public IReadOnlyList<SentRequest> Requests
    {
        get
        {
            lock (_requests)
                return [.. _requests];
        }
    }

    /// <summary>Method and path with query of each request.</summary>
    public IReadOnlyList<string> Lines => [.. Requests.Select(r => $"{r.Method} {r.Uri.PathAndQuery}")];

    public static HttpResponseMessage Json(string body, int status = 200, params (string Name, string Value)[] headers) => Text(body, "application/json", status, headers);

    public static HttpResponseMessage Text(string body, string type, int status = 200, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, type) };
        foreach ((string name, string value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    public static HttpResponseMessage Empty(int status, params (string Name, string Value)[] headers) => Text("", "text/plain", status, headers);

    public static HttpResponseMessage Error(int status, string code, string message) =>
        Json($$$"""{"error":{"code":"{{{code}}}","message":{{{System.Text.Json.JsonSerializer.Serialize(message)}}}}}""", status, ("x-ms-request-id", "request-1"));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = new SentRequest(
            request.Method.Method,
            request.RequestUri!,
            request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken),
            request.Headers.Authorization?.ToString());
        lock (_requests)
            _requests.Add(sent);
        cancellationToken.ThrowIfCancellationRequested();
        return answer(sent);
    }

    private static Func<SentRequest, HttpResponseMessage> Sequence(Func<SentRequest, HttpResponseMessage>[] answers)
    {
        int next = -1;
        return request => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)](request);
    }
}

internal sealed record SentRequest(string Method, Uri Uri, string? Body, string? Authorization);
