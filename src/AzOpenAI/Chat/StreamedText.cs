using System.Management.Automation;
using System.Text;
using AzOpenAI.Async;

namespace AzOpenAI.Chat;

/// <summary>
/// Chunks of text on their way to the host or the pipeline. The pipeline thread is woken for the first one and also writes those received meanwhile: waiting
/// for it per chunk would take longer than the chunk. Text for the host is cleaned, text for the pipeline isn't.
/// </summary>
internal sealed class StreamedText(AsyncCmdlet command, bool toPipeline)
{
    private const int ManyCharacters = 64 * 1024;

    private static readonly string[] Host = ["PSHOST"];

    private readonly Lock _lock = new();
    private readonly StringBuilder _host = new();
    private readonly ConsoleTextCleaner _shown = new();
    private List<string> _pieces = [];
    private int _length;
    private bool _isAsked;
    private bool _wrote;

    /// <summary>Adds a chunk.</summary>
    /// <returns>True if so much is queued that the stream should pause.</returns>
    public bool Add(string piece)
    {
        bool ask;
        lock (_lock)
        {
            _length += piece.Length;
            if (toPipeline)
                _pieces.Add(piece);
            else
                _host.Append(piece);
            ask = !_isAsked;
            _isAsked = true;
            if (_length > ManyCharacters)
                return true;
        }

        if (ask)
            command.PostToPipelineThread(Write);
        return false;
    }

    /// <summary>Waits until everything has been written.</summary>
    public Task<bool> FlushAsync(bool end) => command.InvokeOnPipelineThreadAsync(() =>
    {
        Write();
        if (end && _wrote && !toPipeline)
            command.WriteInformation(new HostInformationMessage { Message = _shown.End() }, Host);
        return true;
    });

    private void Write()
    {
        List<string> pieces;
        string text;
        lock (_lock)
        {
            _isAsked = false;
            if (_length == 0)
                return;
            (pieces, text) = (_pieces, _host.ToString());
            _pieces = [];
            _host.Clear();
            _length = 0;
        }

        _wrote = true;
        if (toPipeline)
            command.WriteObject(pieces, enumerateCollection: true);
        else
            command.WriteInformation(new HostInformationMessage { Message = _shown.Add(text), NoNewLine = true }, Host);
    }
}
