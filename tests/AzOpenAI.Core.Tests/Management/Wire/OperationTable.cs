using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace AzOpenAI.Core.Tests.Management.Wire;

/// <summary>The operations of the service (operations.json), and what they say to a request.</summary>
internal sealed class OperationTable
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    private OperationTable()
    {
    }

    public static OperationTable Instance { get; } = Load();

    public required IReadOnlyDictionary<string, string[]> Versions { get; init; }

    public required IReadOnlyList<Operation> Operations { get; init; }

    /// <summary>The operation that a request calls, and every way in which the request is not what that operation takes.</summary>
    public (Operation? Operation, IReadOnlyList<string> Problems) Check(string method, Uri uri, string? body)
    {
        Operation? operation = Operations.FirstOrDefault(o => o.Matches(method, uri.AbsolutePath));
        if (operation is null)
        {
            return (null, [$"{method} {uri.AbsolutePath}: no operation has this method and path"]);
        }

        List<string> problems = [];
        Dictionary<string, Microsoft.Extensions.Primitives.StringValues> query = QueryHelpers.ParseQuery(uri.Query);
        string version = query.TryGetValue("api-version", out var sent) ? sent.ToString() : "";
        if (!Versions[operation.Versions].Contains(version, StringComparer.Ordinal))
        {
            problems.Add($"{operation.Id}: api-version '{version}' is none of the {operation.Versions} ones");
        }
        else if (operation.Since.Length > 0 && string.CompareOrdinal(version[..10], operation.Since) < 0)
        {
            problems.Add($"{operation.Id}: it came with {operation.Since}, and api-version {version} is sent");
        }

        problems.AddRange(query.Keys.Where(k => k is not ("api-version" or "$skiptoken") && !operation.Query.Contains(k, StringComparer.Ordinal))
            .Select(k => $"{operation.Id}: the query has '{k}', which the operation does not know"));
        problems.AddRange(operation.RequiredQuery.Where(k => !query.ContainsKey(k)).Select(k => $"{operation.Id}: the query lacks '{k}'"));
        problems.AddRange(operation.CheckBody(body, version.Length >= 10 ? version : "0000-00-00"));
        return (operation, problems);
    }

    private static OperationTable Load()
    {
        using FileStream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "operations.json"));
        TableFile table = JsonSerializer.Deserialize<TableFile>(file, Options)!;
        return new OperationTable { Versions = table.Versions, Operations = table.Operations };
    }

    private sealed record TableFile(Dictionary<string, string[]> Versions, List<Operation> Operations);
}
