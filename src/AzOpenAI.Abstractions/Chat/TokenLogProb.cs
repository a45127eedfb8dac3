namespace AzOpenAI;

/// <summary>How likely the model held one token of its answer.</summary>
/// <param name="Token">The token's text.</param>
/// <param name="LogProb">Natural logarithm of its probability; -9999 stands for very unlikely.</param>
public sealed record TokenLogProb(string Token, double LogProb)
{
    /// <summary>UTF-8 bytes of the token: a character may be spread over several. Null where the service did not tell.</summary>
    public IReadOnlyList<byte>? Bytes { get; init => field = Indexable.Of(value); }

    /// <summary>The likeliest tokens in this place, as many as were asked for.</summary>
    public IReadOnlyList<TokenLogProb> Top { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Probability, 0 to 1.</summary>
    public double Probability => Math.Exp(LogProb);

    /// <inheritdoc/>
    public override string ToString() => $"{Token} ({Probability:P1})";
}
