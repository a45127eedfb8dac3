namespace AzOpenAI.Emulator.Hosting;

/// <summary>Matches a method and a path against templates such as "accounts/{account}", ignoring case.</summary>
internal sealed class RouteTable<T>
{
    private readonly List<(string Method, string[] Segments, T Target)> _routes = [];

    public void Add(string method, string template, T target) => _routes.Add((method, template.Split('/'), target));

    /// <summary>True if found. If false, <paramref name="otherMethod"/> indicates whether the path exists for another method.</summary>
    public bool TryMatch(string method, string[] path, out T target, out Dictionary<string, string> values, out bool otherMethod)
    {
        otherMethod = false;
        foreach ((string routeMethod, string[] segments, T candidate) in _routes)
        {
            if (!TryBind(segments, path, out values))
            {
                continue;
            }

            if (routeMethod.Equals(method, StringComparison.OrdinalIgnoreCase))
            {
                target = candidate;
                return true;
            }

            otherMethod = true;
        }

        target = default!;
        values = [];
        return false;
    }

    private static bool TryBind(string[] template, string[] path, out Dictionary<string, string> values)
    {
        values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (template.Length != path.Length)
        {
            return false;
        }

        for (int i = 0; i < template.Length; i++)
        {
            if (template[i] is ['{', .. string name, '}'])
            {
                values[name] = path[i];
            }
            else if (!template[i].Equals(path[i], StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return true;
    }
}
