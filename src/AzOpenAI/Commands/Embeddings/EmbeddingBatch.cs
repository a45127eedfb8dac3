using System.Management.Automation;

namespace AzOpenAI.Commands;

/// <summary>Texts that wait to be sent together, with what they were taken from.</summary>
internal sealed class EmbeddingBatch
{
    private const int CharactersPerToken = 4;

    private readonly List<string> _texts = [];
    private readonly List<object?> _inputs = [];
    private readonly List<int> _positions = [];

    /// <summary>The texts.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>Tokens in all, estimated from the number of characters as the service's own limiter does.</summary>
    public long Tokens { get; private set; }

    /// <summary>Tokens of a text, estimated.</summary>
    public static long Estimate(string text) => (text.Length + CharactersPerToken - 1) / CharactersPerToken;

    /// <summary>Adds a text.</summary>
    public void Add(string text, object? input, int position)
    {
        _texts.Add(text);
        _inputs.Add(input);
        _positions.Add(position);
        Tokens += Estimate(text);
    }

    /// <summary>What a text was taken from, as a user names it.</summary>
    public object? Input(int index) => _inputs[index] is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : _inputs[index];

    /// <summary>What the texts from an index on were taken from; the one thing where it is one.</summary>
    public object? InputsFrom(int index)
    {
        object?[] inputs = [.. Enumerable.Range(index, _texts.Count - index).Select(Input)];
        return inputs.Length == 1 ? inputs[0] : inputs;
    }

    /// <summary>Position of a text among all of the command.</summary>
    public int Position(int index) => _positions[index];
}
