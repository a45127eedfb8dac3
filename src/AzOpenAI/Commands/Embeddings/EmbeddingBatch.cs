using System.Management.Automation;

namespace AzOpenAI.Commands;

/// <summary>Texts to be sent together, with their sources.</summary>
internal sealed class EmbeddingBatch
{
    private const int CharactersPerToken = 4;

    private readonly List<string> _texts = [];
    private readonly List<object?> _inputs = [];
    private readonly List<int> _positions = [];

    /// <summary>The texts.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>Total tokens, estimated from the number of characters like in the service's own rate limiter.</summary>
    public long Tokens { get; private set; }

    /// <summary>Estimated tokens of a text.</summary>
    public static long Estimate(string text) => (text.Length + CharactersPerToken - 1) / CharactersPerToken;

    /// <summary>Adds a text.</summary>
    public void Add(string text, object? input, int position)
    {
        _texts.Add(text);
        _inputs.Add(input);
        _positions.Add(position);
        Tokens += Estimate(text);
    }

    /// <summary>The user's input for a text.</summary>
    public object? Input(int index) => _inputs[index] is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : _inputs[index];

    /// <summary>The inputs for the texts from an index on; a single one isn't a list.</summary>
    public object? InputsFrom(int index)
    {
        object?[] inputs = [.. Enumerable.Range(index, _texts.Count - index).Select(Input)];
        return inputs.Length == 1 ? inputs[0] : inputs;
    }

    /// <summary>Position of a text among all texts of the command.</summary>
    public int Position(int index) => _positions[index];
}
