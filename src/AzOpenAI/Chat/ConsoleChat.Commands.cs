using AzOpenAI.Core.Conversations;
using AzOpenAI.Core.Errors;
using AzOpenAI.Files;
using AzOpenAI.Terminal;

namespace AzOpenAI.Chat;

/// <content>The slash commands.</content>
internal sealed partial class ConsoleChat
{
    private const string Help = """"
        /help             lists the commands
        /system [TEXT]    shows the system message, or sets it; /system "" removes it
        /save [PATH]      writes the conversation to a JSON file
        /load PATH        continues the conversation in a file
        /undo             undoes the last step: a turn, /retry, /system, /clear or /load; repeat for earlier steps
        /retry            sends the last message again
        /tokens           shows the size of the conversation and the tokens billed
        /clear            removes all messages except the system message
        /deployment NAME  switches to another deployment; same as /model
        /exit             quits, as do Ctrl+D and Ctrl+C on an empty line

        Longer messages: end a line with \ to continue on the next line, or put three quotes before and
        after the text ("""), or press Alt+Enter. Pasted lines are kept together. Use // to send text that starts with /.
        Use Up and Down to recall earlier messages. Ctrl+C stops only the current response.
        """";

    /// <summary>Runs a command.</summary>
    /// <returns>False if the user leaves.</returns>
    private async Task<bool> RunCommandAsync(string line, CancellationToken cancellationToken)
    {
        int blank = line.IndexOf(' ', StringComparison.Ordinal);
        string name = (blank < 0 ? line : line[..blank]).ToLowerInvariant();
        string argument = blank < 0 ? "" : line[(blank + 1)..].Trim();
        switch (name)
        {
            case "/help" or "/?":
                await ShowAsync(Help).ConfigureAwait(false);
                break;
            case "/system":
                await SystemAsync(argument).ConfigureAwait(false);
                break;
            case "/save":
                await SaveAsync(argument, cancellationToken).ConfigureAwait(false);
                break;
            case "/load":
                await LoadAsync(argument, cancellationToken).ConfigureAwait(false);
                break;
            case "/undo":
                await UndoAsync().ConfigureAwait(false);
                break;
            case "/retry":
                await RetryAsync(cancellationToken).ConfigureAwait(false);
                break;
            case "/tokens":
                await TokensAsync().ConfigureAwait(false);
                break;
            case "/clear":
                RememberState();
                ConversationEdits.Clear(Conversation);
                await ShowAsync("[cleared; /undo restores it]").ConfigureAwait(false);
                break;
            case "/deployment" or "/model":
                if (argument.Length > 0)
                    _deployment = argument;
                await ShowAsync($"[deployment: {_deployment}]").ConfigureAwait(false);
                break;
            case "/exit" or "/quit":
                return false;
            default:
                await ShowAsync($"Unknown command {name}. Use /help to list the commands. To send text that starts with a slash, start it with //.").ConfigureAwait(false);
                break;
        }

        return true;
    }

    private async Task SystemAsync(string text)
    {
        if (text.Length == 0)
        {
            await ShowAsync(Conversation.System.Length == 0 ? "[no system message]" : Conversation.System).ConfigureAwait(false);
            return;
        }

        RememberState();
        ConversationEdits.SetSystem(Conversation, text == "\"\"" ? "" : text);
        await ShowAsync(text == "\"\"" ? "[system message removed]" : "[system message set]").ConfigureAwait(false);
    }

    private async Task SaveAsync(string argument, CancellationToken cancellationToken)
    {
        if (argument.Length == 0 && _path is null)
        {
            await ShowAsync("[/save requires a path the first time: /save ./chat.json]").ConfigureAwait(false);
            return;
        }

        string path = argument.Length == 0 ? _path! : await ResolveAsync(argument, nameof(Messages.ConfigurationFileFailed)).ConfigureAwait(false);
        if (path != _path && File.Exists(path) && !await ConfirmAsync($"'{path}' already exists. Overwrite it? [y/N] ").ConfigureAwait(false))
        {
            await ShowAsync("[not saved]").ConfigureAwait(false);
            return;
        }

        await ConversationFile.WriteAsync(Conversation, path, noClobber: false, force: false, cancellationToken).ConfigureAwait(false);
        _path = path;
        await ShowAsync($"[saved to {path}]").ConfigureAwait(false);
    }

    private async Task LoadAsync(string argument, CancellationToken cancellationToken)
    {
        if (argument.Length == 0)
        {
            await ShowAsync("[/load requires a path: /load ./chat.json]").ConfigureAwait(false);
            return;
        }

        string path = await ResolveAsync(argument, nameof(Messages.FileUnreadable)).ConfigureAwait(false);
        (Conversation loaded, IReadOnlyList<string> leftOut) = await ConversationFile.ReadAsync(path, path, cancellationToken).ConfigureAwait(false);
        RememberState();
        Conversation = loaded;
        _path = path;
        _lastAsked = [];
        if (leftOut.Count > 0)
            await ShowAsync($"[ignored: {string.Join(", ", leftOut)}]").ConfigureAwait(false);
        await ShowAsync($"[loaded: {Turns(loaded)}, {loaded.Tokens} tokens]").ConfigureAwait(false);
        if (loaded.Messages.Count > 0)
            await ShowAsync($"{loaded.Messages[^1].Role}: {loaded.Messages[^1]}").ConfigureAwait(false);
    }

    private async Task UndoAsync()
    {
        if (_undo.TryPop(out (Conversation Conversation, object State) before))
        {
            Conversation = before.Conversation;
            ConversationEdits.GoBack(Conversation, before.State);
        }
        else if (ConversationEdits.Undo(Conversation).Count == 0)
        {
            await ShowAsync("[nothing to undo]").ConfigureAwait(false);
            return;
        }

        await ShowAsync($"[undone; the conversation has {Turns(Conversation)}, {Conversation.Tokens} tokens]").ConfigureAwait(false);
    }

    private async Task RetryAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<ChatMessage> question = _lastFailed ? _lastAsked : LastQuestion();
        if (question.Count == 0)
        {
            await ShowAsync("[nothing to retry]").ConfigureAwait(false);
            return;
        }

        if (_lastFailed)
        {
            await AskAsync(question, cancellationToken).ConfigureAwait(false);
            return;
        }

        // The current response is kept until there is another one.
        object before = ConversationEdits.Remember(Conversation);
        ConversationEdits.Undo(Conversation);
        int calls = Conversation.Calls;
        try
        {
            await AskAsync(question, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (Conversation.Calls == calls)
            {
                ConversationEdits.GoBack(Conversation, before);
                _lastFailed = false;
            }
            else
            {
                _undo.Pop();
                _undo.Push((Conversation, before));
            }
        }
    }

    private IReadOnlyList<ChatMessage> LastQuestion()
    {
        List<ChatMessage> talk = [.. Conversation.Messages.Where(static message => message.Role is not ("system" or "developer"))];
        int last = talk.FindLastIndex(static message => message.Role == "user");
        int first = last;
        while (first > 0 && talk[first - 1].Role == "user")
            first--;
        return last < 0 ? [] : talk[first..(last + 1)];
    }

    private Task<bool> TokensAsync()
    {
        TokenUsage usage = Conversation.Usage;
        string turns = Conversation.MaxTurns > 0 ? $"{Conversation.Turns} of {Conversation.MaxTurns} turns" : Turns(Conversation);
        string tokens = Conversation.MaxTokens > 0 ? $"{Conversation.Tokens} of {Conversation.MaxTokens} tokens" : $"{Conversation.Tokens} tokens";
        return ShowAsync($"[conversation: {turns}, {tokens}; omitted: {Conversation.Dropped}]\n"
            + $"[billed: {usage.TotalTokens} tokens in {Conversation.Calls} calls: {usage.PromptTokens} input ({usage.CachedTokens} cached), {usage.CompletionTokens} output]");
    }

    private static string Turns(Conversation conversation) => $"{conversation.Turns} {(conversation.Turns == 1 ? "turn" : "turns")}";

    private void RememberState() => _undo.Push((Conversation, ConversationEdits.Remember(Conversation)));

    private async Task<bool> ConfirmAsync(string question)
    {
        (LineEnd end, string answer) = await _cmdlet.InvokeOnPipelineThreadAsync(() => _terminal.ReadLine(question)).ConfigureAwait(false);
        return end == LineEnd.Submitted && answer.Trim().Equals("y", StringComparison.OrdinalIgnoreCase);
    }

    // An exception on the pipeline thread ends the pipeline, so errors are returned.
    private async Task<string> ResolveAsync(string path, string errorId)
    {
        (string? file, AzOpenAIException? mistake) = await _cmdlet.InvokeOnPipelineThreadAsync<(string?, AzOpenAIException?)>(() =>
        {
            try
            {
                return (FilePath.Resolve(_cmdlet, path.Trim('"', '\''), errorId), null);
            }
            catch (AzOpenAIException exception)
            {
                return (null, exception);
            }
        }).ConfigureAwait(false);
        return file ?? throw mistake!;
    }
}
