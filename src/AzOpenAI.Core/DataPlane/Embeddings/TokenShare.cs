namespace AzOpenAI.Core.DataPlane.Embeddings;

/// <summary>Distributes the tokens billed for a batch among its texts by length, so that the shares add up to the total.</summary>
internal sealed class TokenShare
{
    private readonly long _characters;
    private readonly int? _tokens;
    private long _before;

    public TokenShare(IReadOnlyList<string> texts, int? tokens)
    {
        _tokens = tokens;
        foreach (string text in texts)
            _characters += text.Length;
    }

    /// <summary>Returns the share of the next text.</summary>
    public int? Next(string text)
    {
        if (_tokens is not { } tokens || _characters == 0)
            return null;
        long after = _before + text.Length;
        int share = (int)((after * tokens / _characters) - (_before * tokens / _characters));
        _before = after;
        return share;
    }
}
