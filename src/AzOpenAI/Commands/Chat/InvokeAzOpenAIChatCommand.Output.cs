using System.Management.Automation;
using System.Text;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.Errors;
using AzOpenAI.Internal;

namespace AzOpenAI.Commands;

/// <content>What comes out: the answer, its text as it comes, or an object of a form.</content>
public sealed partial class InvokeAzOpenAIChatCommand
{
    [Parameter]
    public SwitchParameter Stream { get; set; }

    [Parameter]
    public SwitchParameter StreamText { get; set; }

    [Parameter]
    [ValidateNotNull]
    public object? Schema { get; set; }

    [Parameter]
    [ValidateNotNull]
    public Type? As { get; set; }

    [Parameter]
    public SwitchParameter IncludeInput { get; set; }

    private async Task EmitAsync(ChatCompletion completion, PSObject? input, ChatSetup setup)
    {
        if (IncludeInput && input is not null)
            completion = completion with { Input = input.BaseObject is PSCustomObject ? input : input.BaseObject };
        if (setup.Reader is not { } reader)
        {
            WriteLast(completion);
            return;
        }

        foreach (ChatChoice choice in completion.Choices)
        {
            (object? value, AzOpenAIException? failure) = await InvokeOnPipelineThreadAsync<(object?, AzOpenAIException?)>(() =>
            {
                try
                {
                    return (reader.Read(completion, choice), null);
                }
                catch (AzOpenAIException exception)
                {
                    return (null, exception);
                }
            }).ConfigureAwait(false);
            if (failure is not null)
                throw failure;
            if (IncludeInput)
                await WriteAsync(completion with { Value = value, Choices = [choice] }).ConfigureAwait(false);
            else
                await WriteAsync(value, enumerate: true).ConfigureAwait(false);
        }

        if (completion.Choices.Count == 0)
            throw AnswerForm.Invalid(completion, "it has no choice");
    }

    /// <summary>The whole answer; its text has been shown or written on the way.</summary>
    private async Task<ChatCompletion> StreamAsync(DataPlaneClient client, ChatRequest request, CancellationToken cancellationToken)
    {
        ChatCompletion? completion = null;
        StreamedText text = new(this);
        try
        {
            await foreach (ChatStreamEvent item in client.Chat.StreamAsync(request, cancellationToken).ConfigureAwait(false))
            {
                if (item.Completion is { } whole)
                    completion = whole;
                else if (item is { Text.Length: > 0, ChoiceIndex: 0 } && text.Add(item.Text))
                    await text.FlushAsync(end: false).ConfigureAwait(false);
            }
        }
        catch (AzOpenAIException)
        {
            await text.FlushAsync(end: true).ConfigureAwait(false);
            throw;
        }

        await text.FlushAsync(end: true).ConfigureAwait(false);
        return completion is null
            ? throw Failure.Of(nameof(Messages.ChatStreamTruncated), ErrorKind.InvalidResponse, request.Deployment)
            : completion with { Streamed = true };
    }

    /// <summary>
    /// Pieces of text on their way to the host or the pipeline. The pipeline thread is woken for the first of them and takes along what came meanwhile: to wait
    /// for it per piece would cost more than the piece.
    /// </summary>
    private sealed class StreamedText(InvokeAzOpenAIChatCommand command)
    {
        private const int ManyCharacters = 64 * 1024;

        private static readonly string[] Host = ["PSHOST"];

        private readonly Lock _lock = new();
        private readonly StringBuilder _host = new();
        private List<string> _pieces = [];
        private int _length;
        private bool _isAsked;
        private bool _wrote;

        /// <summary>Adds a piece.</summary>
        /// <returns>True where so much waits that the stream should wait, too.</returns>
        public bool Add(string piece)
        {
            bool ask;
            lock (_lock)
            {
                _length += piece.Length;
                if (command.StreamText)
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

        /// <summary>Waits until all that came has been taken.</summary>
        public Task<bool> FlushAsync(bool end) => command.InvokeOnPipelineThreadAsync(() =>
        {
            Write();
            if (end && _wrote && !command.StreamText)
                command.WriteInformation(new HostInformationMessage { Message = "" }, Host);
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
            if (command.StreamText)
                command.WriteObject(pieces, enumerateCollection: true);
            else
                command.WriteInformation(new HostInformationMessage { Message = text, NoNewLine = true }, Host);
        }
    }
}
