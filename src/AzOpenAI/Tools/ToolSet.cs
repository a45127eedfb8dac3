using System.Management.Automation;
using System.Management.Automation.Runspaces;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Tools;

namespace AzOpenAI.Tools;

/// <summary>The tools of one command: the only ones that the model can see and use.</summary>
internal sealed class ToolSet
{
    private readonly Dictionary<string, Tool> _tools = new(StringComparer.Ordinal);

    private ToolSet(IReadOnlyList<ChatToolDefinition> definitions, string? choice, int maxRounds) => (Definitions, Choice, MaxRounds) = (definitions, choice, maxRounds);

    /// <summary>The definitions that are sent to the service.</summary>
    public IReadOnlyList<ChatToolDefinition> Definitions { get; }

    /// <summary>auto, none, required or a name.</summary>
    public string? Choice { get; }

    /// <summary>Maximum rounds of calls; 0 to return the calls.</summary>
    public int MaxRounds { get; }

    /// <summary>The first tool that requires confirmation; null if none may run or none requires it.</summary>
    public Tool? FirstAttended => MaxRounds == 0 || Choice == "none" ? null : _tools.Values.FirstOrDefault(static tool => !tool.AllowUnattended);

    /// <summary>The tool with that name; case-sensitive like the service.</summary>
    public Tool? Find(string name) => _tools.GetValueOrDefault(name);

    /// <summary>Validates the tools of a command.</summary>
    /// <exception cref="AzOpenAIException">ToolInvalid, ToolNameDuplicate, ToolNotRunnable, ToolChoiceUnknown.</exception>
    public static ToolSet Create(IEnumerable<object?> items, string? choice, int maxRounds)
    {
        List<ChatToolDefinition> definitions = [];
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        List<Tool> tools = [];
        Guid here = Runspace.DefaultRunspace?.InstanceId ?? Guid.Empty;
        foreach (object? item in items)
        {
            object? bare = item is PSObject wrapped ? wrapped.BaseObject : item;
            ChatToolDefinition definition = bare switch
            {
                Tool tool => tool.ToDefinition(),
                ChatToolDefinition given => given,
                _ => throw Invalid(item, bare),
            };
            if (!names.Add(definition.Name))
                throw Failure.Of(nameof(Messages.ToolNameDuplicate), ErrorKind.InvalidInput, definition.Name);
            if (maxRounds > 0)
                tools.Add(Runnable(bare as Tool, definition.Name, here));
            definitions.Add(definition);
        }

        choice = choice?.ToLowerInvariant() is "auto" or "none" or "required" ? choice.ToLowerInvariant() : choice;
        if (choice is not (null or "auto" or "none" or "required"))
        {
            choice = definitions.Find(definition => definition.Name.Equals(choice, StringComparison.OrdinalIgnoreCase))?.Name
                ?? throw Failure.Of(nameof(Messages.ToolChoiceUnknown), ErrorKind.InvalidInput, choice, string.Join(", ", definitions));
        }

        ToolSet set = new(definitions, choice, maxRounds);
        foreach (Tool tool in tools)
            set._tools.Add(tool.Name, tool);
        return set;
    }

    private static Tool Runnable(Tool? tool, string name, Guid here) => tool?.Body switch
    {
        ToolBody body when body.Runspace == here => tool,
        // Its script blocks would run in that runspace, concurrently with what runs there.
        ToolBody => throw Failure.Of(nameof(Messages.ToolNotRunnable), ErrorKind.InvalidInput, name, "it was created in another runspace"),
        _ => throw Failure.Of(nameof(Messages.ToolNotRunnable), ErrorKind.InvalidInput, name, "it's a definition without a command"),
    };

    private static AzOpenAIException Invalid(object? item, object? bare)
    {
        if (item is PSObject wrapped && wrapped.TypeNames.Contains("Deserialized.AzOpenAI.Tool"))
            return Failure.Of(nameof(Messages.ToolNotRunnable), ErrorKind.InvalidInput, wrapped.Properties["Name"]?.Value, "it comes from another process, so its command isn't available");
        return Failure.Of(nameof(Messages.ToolInvalid), ErrorKind.InvalidInput, ToolText.Plain(item?.ToString() ?? ""), bare is null ? "null" : $"an object of type {bare.GetType().Name}");
    }
}
