using AzOpenAI.Async;
using AzOpenAI.Core.Conversations;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Terminal;

namespace AzOpenAI.Chat;

/// <summary>
/// A chat in a terminal: reads a message or a command, shows the response as it arrives, and continues after errors. Input and output are on the pipeline
/// thread, the response is read on the thread pool.
/// </summary>
internal sealed partial class ConsoleChat
{
    private const string MorePrompt = "... ";
    private static readonly TimeSpan KeyPause = TimeSpan.FromMilliseconds(50);

    private readonly AsyncCmdlet _cmdlet;
    private readonly Func<AzOpenAIException, string> _describe;
    private readonly HostTerminal _terminal;
    private readonly DataPlaneClient _client;
    private readonly Stack<(Conversation Conversation, object State)> _undo = new();
    private string _deployment;
    private IReadOnlyList<ChatMessage> _lastAsked = [];
    private bool _lastFailed;
    private string? _path;

    public ConsoleChat(
        AsyncCmdlet cmdlet, Func<AzOpenAIException, string> describe, HostTerminal terminal, DataPlaneClient client, string deployment, Conversation conversation)
    {
        _cmdlet = cmdlet;
        _describe = describe;
        _terminal = terminal;
        _client = client;
        _deployment = deployment;
        Conversation = conversation;
    }

    /// <summary>The current conversation; replaced by /load.</summary>
    public Conversation Conversation { get; private set; }

    /// <summary>Runs until the user leaves.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await ShowAsync($"Chat with '{_deployment}' at {_client.Connection.Endpoint.Host}. Use /help to list the commands, /exit to quit.").ConfigureAwait(false);
        if (Conversation.Turns > 0)
            await ShowAsync($"Continuing conversation {Conversation} ({Conversation.Tokens} tokens).").ConfigureAwait(false);
        while (await ReadAsync().ConfigureAwait(false) is { } text)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (string.IsNullOrWhiteSpace(text))
                continue;
            try
            {
                if (!IsCommand(text))
                    await AskAsync([new ChatMessage("user", text.StartsWith("//", StringComparison.Ordinal) ? text[1..] : text)], cancellationToken).ConfigureAwait(false);
                else if (!await RunCommandAsync(text.Trim(), cancellationToken).ConfigureAwait(false))
                    return;
            }
            catch (AzOpenAIException failure)
            {
                string description = ConsoleText.Clean(_describe(failure));
                await OnTerminalAsync(() => _terminal.WriteError(description)).ConfigureAwait(false);
            }
        }
    }

    // A path or a pasted text may start with a slash too.
    private static bool IsCommand(string text) => text.Length > 1 && text[0] == '/' && text[1] != '/' && !text.Contains('\n');

    private async Task AskAsync(IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Count > 0)
            _lastAsked = messages;
        _lastFailed = true;
        object before = ConversationEdits.Remember(Conversation);
        using ConversationCall call = ConversationCall.Begin(Conversation, null, messages);
        if (call.Dropped.Turns > 0)
            await ShowAsync($"[oldest turns omitted: {call.Dropped}]").ConfigureAwait(false);

        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task<ChatCompletion?> answer = StreamAsync(new ChatRequest { Messages = call.Messages, Deployment = _deployment }, stop.Token);
        while (!answer.IsCompleted)
        {
            await Task.WhenAny(answer, Task.Delay(KeyPause, CancellationToken.None)).ConfigureAwait(false);
            if (await _cmdlet.InvokeOnPipelineThreadAsync(_terminal.IsInterrupted).ConfigureAwait(false) && !answer.IsCompleted)
                await stop.CancelAsync().ConfigureAwait(false);
        }

        ChatCompletion? completion;
        try
        {
            completion = await answer.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await ShowAsync("\n[stopped: the message and the response weren't saved; /retry sends the message again]").ConfigureAwait(false);
            return;
        }
        catch (AzOpenAIException)
        {
            await ShowAsync("").ConfigureAwait(false);
            throw;
        }

        if (completion is null)
            return;
        call.Commit(completion);
        _undo.Push((Conversation, before));
        _lastFailed = false;
        await ShowAsync(Footer(completion)).ConfigureAwait(false);
    }

    private async Task<ChatCompletion?> StreamAsync(ChatRequest request, CancellationToken cancellationToken)
    {
        ChatCompletion? completion = null;
        ConsoleTextCleaner shown = new();
        await foreach (ChatStreamEvent item in _client.Chat.StreamAsync(request, cancellationToken).ConfigureAwait(false))
        {
            completion = item.Completion ?? completion;
            if (item is { Text.Length: > 0, ChoiceIndex: 0 })
                await OnTerminalAsync(() => _terminal.Write(shown.Add(item.Text))).ConfigureAwait(false);
        }

        await OnTerminalAsync(() => _terminal.Write(shown.End())).ConfigureAwait(false);
        return completion;
    }

    private static string Footer(ChatCompletion completion)
    {
        string text = "\n";
        if (completion.Refusal is { } refusal)
            text += $"[refused: {refusal}]\n";
        foreach (ToolCall tool in completion.ToolCalls)
            text += $"[the model requested {tool}, which can't run here; /undo to go back]\n";
        return completion.FinishReason switch
        {
            "length" => text + "[cut off: token limit reached]\n",
            "content_filter" => text + "[the content filter blocked all or the rest of the response]\n",
            _ => text,
        };
    }

    /// <summary>A message of one line or more, or a command; null if the user leaves.</summary>
    private async Task<string?> ReadAsync()
    {
        MessageInput input = new();
        while (true)
        {
            string prompt = input.IsOpen ? MorePrompt : $"{ConsoleText.Clean(_deployment)}> ";
            (LineEnd end, string line) = await _cmdlet.InvokeOnPipelineThreadAsync(() => _terminal.ReadLine(prompt)).ConfigureAwait(false);
            switch (end)
            {
                case LineEnd.Interrupted when line.Length > 0 || input.IsOpen:
                    input = new MessageInput();
                    continue;
                case LineEnd.Interrupted:
                    return null;
                case LineEnd.Closed when input.IsOpen:
                    return Remember(input.TakeAll());
                case LineEnd.Closed:
                    return null;
            }

            if (input.Add(line) is { } text)
                return Remember(text);
        }
    }

    private string Remember(string text)
    {
        _terminal.Remember(text);
        return text;
    }

    private Task<bool> ShowAsync(string line) => OnTerminalAsync(() => _terminal.Write(ConsoleText.Clean(line) + "\n"));

    private Task<bool> OnTerminalAsync(Action action) => _cmdlet.InvokeOnPipelineThreadAsync(() =>
    {
        action();
        return true;
    });
}
