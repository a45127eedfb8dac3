using System.Collections;
using System.Management.Automation;
using AzOpenAI.Core.Errors;
using AzOpenAI.Json;

namespace AzOpenAI.Chat;

/// <summary>Recognizes messages with a role: a <see cref="ChatMessage"/>, a hashtable or a custom object with role and content.</summary>
internal static class RoleMessages
{
    private static readonly string[] Roles = ["system", "developer", "user", "assistant", "tool", "function"];

    /// <summary>The message, or null if the object is something else: text or other data.</summary>
    /// <exception cref="AzOpenAIException">MessageInvalid: a message that can't be sent.</exception>
    public static ChatMessage? Read(PSObject value) => value.BaseObject switch
    {
        string => null,
        ChatMessage message => message,
        IDictionary map => FromMap(map),
        PSCustomObject => FromObject(value),
        _ => null,
    };

    /// <summary>The messages of a list; null if it doesn't contain any.</summary>
    public static List<ChatMessage>? ReadList(PSObject value)
    {
        if (value.BaseObject is string or IDictionary or not IEnumerable)
            return null;
        List<ChatMessage>? messages = null;
        List<object?> others = [];
        foreach (object? item in (IEnumerable)value.BaseObject)
        {
            PSObject wrapped = PSObject.AsPSObject(item ?? "");
            if (Read(wrapped) is { } message)
                (messages ??= []).Add(message);
            else
                others.Add(item);
        }

        if (messages is not null && others.Count > 0)
            throw Invalid("the list contains both messages with a role and items without one");
        return messages;
    }

    private static ChatMessage? FromMap(IDictionary map)
    {
        if (Find(map, "role") is not { } role || (Find(map, "content") is null && Find(map, "tool_calls") is null && Find(map, "refusal") is null))
            return null;
        string name = LanguagePrimitives.ConvertTo<string>(role).Trim().ToLowerInvariant();
        if (!Roles.Contains(name))
            throw Invalid($"the role '{role}' isn't supported");
        return Create(name, member => Find(map, member));
    }

    // A data row may have a column of that name: it is only a message if the role is valid.
    private static ChatMessage? FromObject(PSObject value)
    {
        object? Member(string name) => value.Properties[name]?.Value;
        if (Member("role") is not { } role || (Member("content") is null && Member("tool_calls") is null && Member("refusal") is null))
            return null;
        string name = LanguagePrimitives.ConvertTo<string>(role).Trim().ToLowerInvariant();
        return Roles.Contains(name) ? Create(name, Member) : null;
    }

    private static ChatMessage Create(string role, Func<string, object?> member)
    {
        object? content = Bare(member("content"));
        string text = "";
        List<ChatContentPart>? parts = null;
        switch (content)
        {
            case null:
                break;
            case string plain:
                text = plain;
                break;
            case IDictionary or PSCustomObject:
                parts = [ContentPart(member("content")!)];
                break;
            case IEnumerable items:
                parts = [.. items.Cast<object?>().Select(static item => ContentPart(item ?? ""))];
                break;
            default:
                text = LanguagePrimitives.ConvertTo<string>(content);
                break;
        }

        return new ChatMessage(role, text)
        {
            Parts = parts ?? (IReadOnlyList<ChatContentPart>)[],
            Name = Text(member("name")),
            ToolCallId = Text(member("tool_call_id")),
            Refusal = Text(member("refusal")),
            ToolCalls = Bare(member("tool_calls")) is IEnumerable calls and not string ? [.. calls.Cast<object>().Select(Call)] : [],
        };
    }

    private static ChatContentPart ContentPart(object item)
    {
        object bare = Bare(item)!;
        if (bare is ChatContentPart part)
            return part;
        if (bare is not (IDictionary or PSCustomObject))
            return ChatContentPart.FromText(LanguagePrimitives.ConvertTo<string>(bare));
        string type = Text(Member(item, "type")) ?? throw Invalid("a content part doesn't have a type");
        return type == "text" && Text(Member(item, "text")) is { } text ? ChatContentPart.FromText(text) : ChatContentPart.FromJson(type, PowerShellJson.Write(item));
    }

    private static ToolCall Call(object item)
    {
        if (Bare(item) is ToolCall call)
            return call;
        object function = Member(item, "function") ?? item;
        string name = Text(Member(function, "name")) ?? throw Invalid("a tool call doesn't have a name");
        object? arguments = Bare(Member(function, "arguments"));
        return new ToolCall(Text(Member(item, "id")) ?? "", name, arguments as string ?? (arguments is null ? "{}" : PowerShellJson.Write(arguments)));
    }

    private static object? Member(object value, string name) => Bare(value) is IDictionary map ? Find(map, name) : PSObject.AsPSObject(value).Properties[name]?.Value;

    private static object? Find(IDictionary map, string name)
    {
        foreach (DictionaryEntry entry in map)
        {
            if (entry.Key is string key && key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return entry.Value;
        }

        return null;
    }

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private static string? Text(object? value) => value is null ? null : LanguagePrimitives.ConvertTo<string>(value);

    private static AzOpenAIException Invalid(string reason) => Failure.Of(nameof(Messages.MessageInvalid), ErrorKind.InvalidInput, reason);
}
