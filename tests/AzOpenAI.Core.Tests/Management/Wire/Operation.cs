using System.Text.Json;
using System.Text.RegularExpressions;

namespace AzOpenAI.Core.Tests.Management.Wire;

/// <summary>One operation of the service, as documented: what a request to it may and must have.</summary>
internal sealed record Operation
{
    public required string Id { get; init; }

    public required string Method { get; init; }

    /// <summary>Template with names in braces.</summary>
    public required string Path { get; init; }

    /// <summary>Name of a list of api-versions.</summary>
    public required string Versions { get; init; }

    /// <summary>Version that brought the operation; empty for the oldest.</summary>
    public required string Since { get; init; }

    public IReadOnlyList<string> Query { get; init; } = [];

    public IReadOnlyList<string> RequiredQuery { get; init; } = [];

    /// <summary>
    /// Members that a body may have, such as properties.networkAcls.ipRules[].value; * is any name, @2025-06-01 the version that brought the member.
    /// </summary>
    public IReadOnlyList<string> Body { get; init; } = [];

    public IReadOnlyList<string> Required { get; init; } = [];

    public bool Matches(string method, string path) =>
        Method.Equals(method, StringComparison.Ordinal)
        && Regex.IsMatch(path, "^" + Regex.Replace(Regex.Escape(Path), @"\\{[^}]+}", "[^/]+") + "$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>What is wrong with a body; nothing where all is well.</summary>
    public IEnumerable<string> CheckBody(string? body, string version)
    {
        if (string.IsNullOrEmpty(body))
        {
            return Required.Count > 0 ? [$"{Id}: no body, and {string.Join(", ", Required)} must be there"] : [];
        }

        if (Body.Count == 0)
        {
            return [$"{Id}: takes no body, and has {body}"];
        }

        using JsonDocument document = JsonDocument.Parse(body);
        Dictionary<string, string> allowed = Body.Select(b => b.Split('@')).ToDictionary(b => b[0], b => b.ElementAtOrDefault(1) ?? "", StringComparer.Ordinal);
        List<string> found = [];
        List<string> problems = [];
        Walk(document.RootElement, "", allowed, version, found, problems);
        problems.AddRange(Required.Where(r => !found.Contains(r) && !found.Any(f => f.StartsWith(r + ".", StringComparison.Ordinal) || f.StartsWith(r + "[", StringComparison.Ordinal)))
            .Select(r => $"{Id}: the member '{r}' is missing in {body}"));
        return problems;
    }

    private void Walk(JsonElement element, string path, Dictionary<string, string> allowed, string version, List<string> found, List<string> problems)
    {
        bool container = allowed.Keys.Any(a => a.StartsWith(path + ".", StringComparison.Ordinal) || a.StartsWith(path + "[", StringComparison.Ordinal)) || path.Length == 0;
        if (container && element.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in element.EnumerateObject())
            {
                string exact = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
                Walk(member.Value, allowed.ContainsKey($"{path}.*") ? $"{path}.*" : exact, allowed, version, found, problems);
            }

            found.Add(path);
            return;
        }

        if (container && element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                Walk(item, $"{path}[]", allowed, version, found, problems);
            }

            found.Add(path);
            return;
        }

        // Below a name that may be anything, as the value of a tag or of an identity, the service decides.
        if (!allowed.TryGetValue(path, out string? since))
        {
            problems.Add($"{Id}: the body has '{path}', which the operation does not know");
        }
        else if (since.Length > 0 && string.CompareOrdinal(version[..10], since) < 0)
        {
            problems.Add($"{Id}: '{path}' came with {since}, and api-version {version} is sent: the service would drop it silently");
        }

        found.Add(path);
    }
}
