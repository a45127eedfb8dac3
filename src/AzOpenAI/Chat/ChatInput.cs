using System.Management.Automation;
using System.Text;
using AzOpenAI.Core.Errors;
using AzOpenAI.Parameters;

namespace AzOpenAI.Chat;

/// <summary>Assembles the messages of a call: consecutive texts become one user message, messages with a role remain separate.</summary>
internal sealed class ChatInput
{
    private readonly List<ChatMessage> _messages = [];
    private string? _text;
    private StringBuilder? _more;

    /// <summary>Adds the system message.</summary>
    public void AddSystem(string? text)
    {
        if (!string.IsNullOrEmpty(text))
            _messages.Add(new ChatMessage("system", text));
    }

    /// <summary>Adds an object: a message, a list of messages, or text.</summary>
    /// <param name="value">The object.</param>
    /// <param name="separator">The separator between it and a text before it.</param>
    public void Add(PSObject value, string separator)
    {
        if (value.BaseObject is string text)
        {
            AddText(text, separator);
            return;
        }

        ConnectionIdentity.RefuseDeserialized(value);
        if (RoleMessages.Read(value) is { } message)
        {
            Flush();
            _messages.Add(message);
        }
        else if (value.BaseObject is Conversation conversation)
        {
            Flush();
            _messages.AddRange(conversation.Messages);
        }
        else if (RoleMessages.ReadList(value) is { } messages)
        {
            Flush();
            _messages.AddRange(messages);
        }
        else
        {
            AddText(ChatText.Of(value), separator);
        }
    }

    /// <summary>Adds text.</summary>
    public void AddText(string text, string separator)
    {
        if (string.IsNullOrEmpty(_text))
        {
            _text = text;
            return;
        }

        (_more ??= new StringBuilder(_text)).Append(separator).Append(text);
    }

    /// <summary>The messages, with the attachments added to the last user message.</summary>
    /// <param name="attachments">Images and files.</param>
    /// <param name="mayBeEmpty">True if there is a history, which may end with a message to respond to.</param>
    /// <exception cref="AzOpenAIException">MessageMissing.</exception>
    public List<ChatMessage> ToMessages(IReadOnlyList<ChatContentPart> attachments, bool mayBeEmpty)
    {
        Flush();
        if (attachments.Count > 0)
            Attach(attachments);
        bool asks = mayBeEmpty && _messages.TrueForAll(static message => message.Role is "system" or "developer");
        foreach (ChatMessage message in _messages)
            asks |= message.Role is not ("system" or "developer") && !IsEmpty(message);
        return asks ? _messages : throw Failure.Of(nameof(Messages.MessageMissing), ErrorKind.InvalidInput);
    }

    private static bool IsEmpty(ChatMessage message) => string.IsNullOrWhiteSpace(message.Content) && message.Parts.Count == 0 && message.ToolCalls.Count == 0;

    private void Attach(IReadOnlyList<ChatContentPart> attachments)
    {
        int at = _messages.FindLastIndex(static message => message.Role == "user");
        if (at < 0)
            _messages.Add(new ChatMessage("user", "") { Parts = attachments });
        else
            _messages[at] = _messages[at] with { Parts = [.. _messages[at].Parts, .. attachments] };
    }

    private void Flush()
    {
        string? text = _more?.ToString() ?? _text;
        if (!string.IsNullOrWhiteSpace(text))
            _messages.Add(new ChatMessage("user", text));
        (_text, _more) = (null, null);
    }
}
