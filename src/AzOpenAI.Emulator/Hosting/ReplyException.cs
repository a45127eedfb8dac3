namespace AzOpenAI.Emulator.Hosting;

/// <summary>Ends the handling of a request with an error response.</summary>
internal sealed class ReplyException(Reply reply) : Exception
{
    public Reply Reply { get; } = reply;
}
