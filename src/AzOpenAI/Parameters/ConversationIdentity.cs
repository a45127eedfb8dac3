using System.Management.Automation;
using AzOpenAI.Core.Errors;
using AzOpenAI.Sessions;

namespace AzOpenAI.Parameters;

/// <summary>A conversation as specified by users: the object, or the name of one in the session.</summary>
public sealed class ConversationIdentity
{
    private readonly object _value;

    /// <summary>From a name.</summary>
    public ConversationIdentity(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _value = name;
    }

    /// <summary>From the object.</summary>
    public ConversationIdentity(Conversation conversation)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        _value = conversation;
    }

    /// <summary>From a response: its conversation.</summary>
    public ConversationIdentity(ChatCompletion completion)
    {
        ArgumentNullException.ThrowIfNull(completion);
        _value = completion;
    }

    /// <summary>From anything else, so that the error can describe it.</summary>
    public ConversationIdentity(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _value = value.BaseObject is PSCustomObject ? value : value.BaseObject;
    }

    /// <summary>The conversation.</summary>
    /// <exception cref="AzOpenAIException">ConversationNotFound, ConversationInvalid.</exception>
    internal Conversation Resolve(Session session) => _value switch
    {
        string name => session.GetConversation(name),
        Conversation conversation => conversation,
        ChatCompletion { Conversation: { } conversation } => conversation,
        ChatCompletion => throw Invalid("a response that doesn't belong to a conversation"),
        PSObject value => throw Invalid($"an object of type {value.TypeNames[0]}"),
        _ => throw Invalid($"an object of type {_value.GetType().Name}"),
    };

    private static AzOpenAIException Invalid(string what) => Failure.Of(nameof(Messages.ConversationInvalid), ErrorKind.InvalidInput, what);

    /// <inheritdoc/>
    public override string ToString() => _value.ToString() ?? "";
}
