using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.DataPlane.Embeddings;

/// <summary>Tells an invalid text from a request that is rejected whatever its texts are: always the same error, and no text accepted.</summary>
internal sealed class RefusalCount
{
    private const int Enough = 3;

    private AzOpenAIException? _first;
    private bool _anyTaken;
    private int _same;

    /// <summary>True for a rejection that one of several texts may have caused.</summary>
    public static bool IsOfOneText(AzOpenAIException refusal) => refusal.StatusCode is 400 or 413
        && refusal.ErrorId is nameof(Messages.ContextLengthExceeded) or nameof(Messages.RequestRejected) or nameof(Messages.RequestTooLarge) or nameof(Messages.ContentFiltered);

    /// <summary>Records that a batch was accepted.</summary>
    public void Forget() => _anyTaken = true;

    /// <summary>Records that a single text was rejected.</summary>
    /// <exception cref="AzOpenAIException">The rejection, if it is about the request and not about its texts.</exception>
    public void Add(AzOpenAIException refusal)
    {
        _first ??= refusal;
        _same = refusal.ErrorId == nameof(Messages.RequestRejected) && refusal.ServiceMessage == _first.ServiceMessage ? _same + 1 : 0;
        if (!_anyTaken && _same >= Enough)
            throw refusal;
    }
}
