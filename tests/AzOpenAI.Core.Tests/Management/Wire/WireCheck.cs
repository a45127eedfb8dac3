namespace AzOpenAI.Core.Tests.Management.Wire;

/// <summary>Sends requests on to the emulator, keeps them, and holds each against the table of operations.</summary>
internal sealed class WireCheck() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
{
    private readonly List<string> _lines = [];
    private readonly List<string> _problems = [];
    private readonly List<string> _operations = [];

    /// <summary>Method and path of each request so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    /// <summary>What the table says against the requests so far.</summary>
    public IReadOnlyList<string> Problems
    {
        get
        {
            lock (_lines)
                return [.. _problems.Distinct()];
        }
    }

    /// <summary>Id of the operation that each request so far called; empty for one that is in no table.</summary>
    public IReadOnlyList<string> Operations
    {
        get
        {
            lock (_lines)
                return [.. _operations];
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        string? body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        (Operation? operation, IReadOnlyList<string> problems) = OperationTable.Instance.Check(request.Method.Method, request.RequestUri!, body);
        lock (_lines)
        {
            _lines.Add($"{request.Method} {request.RequestUri!.AbsolutePath}");
            _problems.AddRange(problems);
            _operations.Add(operation?.Id ?? "");
        }

        return await base.SendAsync(request, cancellationToken);
    }
}
