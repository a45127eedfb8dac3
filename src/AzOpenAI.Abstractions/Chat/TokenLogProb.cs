namespace AzOpenAI;

/// <summary>The probability of a token of a response.</summary>
/// <param name="Token">The token's text.</param>
/// <param name="LogProb">Natural logarithm of its probability; -9999 means very unlikely.</param>
public sealed record TokenLogProb(string Token, double LogProb)
{
    /// <summary>UTF-8 bytes of the token: a character may be split over several tokens. Null if the service didn't report them.</summary>
    public IReadOnlyList<byte>? Bytes { get; init => field = Indexable.Of(value); }

    /// <summary>The most likely tokens at this position, as many as requested.</summary>
    public IReadOnlyList<TokenLogProb> Top { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Probability, 0 to 1.</summary>
    public double Probability => Math.Exp(LogProb);

    /// <inheritdoc/>
    public override string ToString() => $"{Token} ({Probability:P1})";
}
