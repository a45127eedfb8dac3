using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.DataPlane.Embeddings;

/// <summary>Tells a text that is refused from a request that is refused whatever its texts are: the same words, time after time, and nothing ever taken.</summary>
internal sealed class RefusalCount
{
    private const int Enough = 3;

    private AzOpenAIException? _first;
    private bool _anyTaken;
    private int _same;

    /// <summary>True for a refusal that one text of several may be to blame for.</summary>
    public static bool IsOfOneText(AzOpenAIException refusal) => refusal.StatusCode is 400 or 413
        && refusal.ErrorId is nameof(Messages.ContextLengthExceeded) or nameof(Messages.RequestRejected) or nameof(Messages.RequestTooLarge) or nameof(Messages.ContentFiltered);

    /// <summary>A batch was taken.</summary>
    public void Forget() => _anyTaken = true;

    /// <summary>A text was refused alone.</summary>
    /// <exception cref="AzOpenAIException">The refusal, where it is about the request and not about its texts.</exception>
    public void Add(AzOpenAIException refusal)
    {
        _first ??= refusal;
        _same = refusal.ErrorId == nameof(Messages.RequestRejected) && refusal.ServiceMessage == _first.ServiceMessage ? _same + 1 : 0;
        if (!_anyTaken && _same >= Enough)
            throw refusal;
    }
}
