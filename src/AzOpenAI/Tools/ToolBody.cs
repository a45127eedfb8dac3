using System.Collections;
using System.Management.Automation;

namespace AzOpenAI.Tools;

/// <summary>The command of a tool with the types of the parameters that a model may provide.</summary>
internal sealed class ToolBody
{
    private readonly ScriptBlock? _written;

    /// <summary>Creates the body for a command or script block.</summary>
    /// <param name="command">CommandInfo or ScriptBlock.</param>
    /// <param name="types">Type of each parameter.</param>
    /// <param name="runspace">The runspace in which it was created: a script block belongs to it.</param>
    public ToolBody(object command, IReadOnlyDictionary<string, Type> types, Guid runspace)
    {
        Command = command;
        _written = (command as FunctionInfo)?.ScriptBlock;
        Types = types;
        Runspace = runspace;
    }

    /// <summary>Type of each parameter.</summary>
    public IReadOnlyDictionary<string, Type> Types { get; }

    /// <summary>The runspace in which it was created.</summary>
    public Guid Runspace { get; }

    /// <summary>The command to call. A function that was redefined since is a different command, which wasn't registered: the old one runs.</summary>
    public object Command => field is FunctionInfo function && !ReferenceEquals(function.ScriptBlock, _written) ? _written! : field;

    /// <summary>Returns the argument values.</summary>
    /// <param name="arguments">Arguments that match the schema.</param>
    /// <exception cref="PSInvalidCastException">A value can't be converted to its parameter's type.</exception>
    public Hashtable Bind(IReadOnlyList<KeyValuePair<string, string>> arguments)
    {
        Hashtable values = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string json) in arguments)
            values[name] = ToolValue.Read(json, Types[name]);
        return values;
    }
}
