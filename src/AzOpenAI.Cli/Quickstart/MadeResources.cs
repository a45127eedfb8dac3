namespace AzOpenAI.Cli.Quickstart;

/// <summary>The IDs of what the quickstart creates, added before creating and removed after deleting: what a process that ends immediately leaves behind.</summary>
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

    /// <summary>Records that the object and its content were deleted.</summary>
    public void Remove(string id)
    {
        lock (_gate)
            _ids.RemoveAll(made => made.Equals(id, StringComparison.OrdinalIgnoreCase) || made.StartsWith(id + "/", StringComparison.OrdinalIgnoreCase));
    }
}
