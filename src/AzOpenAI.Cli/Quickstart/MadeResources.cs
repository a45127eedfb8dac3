namespace AzOpenAI.Cli.Quickstart;

/// <summary>The ids of what the quickstart makes, from just before it is made until it is gone: what a process that ends at once leaves behind.</summary>
internal sealed class MadeResources
{
    private readonly Lock _gate = new();
    private readonly List<string> _ids = [];

    public IReadOnlyList<string> Ids
    {
        get
        {
            lock (_gate)
                return [.. _ids];
        }
    }

    public void Add(string id)
    {
        lock (_gate)
            _ids.Add(id);
    }

    /// <summary>The object is gone, and what was in it.</summary>
    public void Remove(string id)
    {
        lock (_gate)
            _ids.RemoveAll(made => made.Equals(id, StringComparison.OrdinalIgnoreCase) || made.StartsWith(id + "/", StringComparison.OrdinalIgnoreCase));
    }
}
