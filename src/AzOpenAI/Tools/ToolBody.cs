using System.Collections;
using System.Management.Automation;

namespace AzOpenAI.Tools;

/// <summary>What a tool runs: a command with the types of the parameters that a model may give.</summary>
internal sealed class ToolBody
{
    private readonly ScriptBlock? _written;

    /// <summary>Takes a command or script block.</summary>
    /// <param name="command">CommandInfo or ScriptBlock.</param>
    /// <param name="types">Type of each parameter.</param>
    /// <param name="runspace">Where it was made: a script block belongs to its runspace.</param>
    public ToolBody(object command, IReadOnlyDictionary<string, Type> types, Guid runspace)
    {
        Command = command;
        _written = (command as FunctionInfo)?.ScriptBlock;
        Types = types;
        Runspace = runspace;
    }

    /// <summary>Type of each parameter.</summary>
    public IReadOnlyDictionary<string, Type> Types { get; }

    /// <summary>Where it was made.</summary>
    public Guid Runspace { get; }

    /// <summary>What to call. A function that was written anew since is another command, which nobody registered: the old one runs.</summary>
    public object Command => field is FunctionInfo function && !ReferenceEquals(function.ScriptBlock, _written) ? _written! : field;

    /// <summary>The values to call it with.</summary>
    /// <param name="arguments">Checked against the schema.</param>
    /// <exception cref="PSInvalidCastException">A value is none of its parameter's type.</exception>
    public Hashtable Bind(IReadOnlyList<KeyValuePair<string, string>> arguments)
    {
        Hashtable values = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string json) in arguments)
            values[name] = ToolValue.Read(json, Types[name]);
        return values;
    }
}
