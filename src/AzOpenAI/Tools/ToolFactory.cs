using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Tools;

namespace AzOpenAI.Tools;

/// <summary>Creates a tool from a command: its name, its description, and the schema of the parameters that a model may provide.</summary>
internal sealed class ToolFactory
{
    /// <summary>The module's name for a script block.</summary>
    public const string ScriptBlockName = "script block";

    private const int MaxName = 64;

    // The schema is for a service, never part of a web page: text outside ASCII isn't escaped.
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly HashSet<string> NamesOfChoices = new(["auto", "none", "required"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The specified name, null to use the command's.</summary>
    public string? Name { get; init; }

    /// <summary>The specified description, null to use the help's.</summary>
    public string? Description { get; init; }

    /// <summary>The parameters to include, null for those of the parameter set.</summary>
    public IReadOnlyList<string>? Parameters { get; init; }

    /// <summary>True to run its calls without confirmation.</summary>
    public bool AllowUnattended { get; init; }

    /// <summary>Creates the tool. On the pipeline thread: parameters and help may run script code.</summary>
    /// <param name="command">CommandInfo of a cmdlet, function or script; ScriptBlock.</param>
    /// <param name="shape">The command whose parameters are used: the same, or a function with the script block.</param>
    /// <param name="leftOut">Called for each parameter that a model can't provide.</param>
    /// <exception cref="AzOpenAIException">ToolNameInvalid, ToolParameterUnknown, ToolParameterUnsupported, ToolParameterSetMissing, ToolCommandUnsupported.</exception>
    public Tool Create(object command, CommandInfo shape, Action<string> leftOut)
    {
        string label = command is ScriptBlock ? ScriptBlockName : shape.Name;
        string name = Name is null ? ValidName(shape.Name) : CheckedName(Name);
        ToolHelp help = ToolHelp.Of(command);
        JsonObject properties = [];
        JsonArray required = [];
        Dictionary<string, Type> types = new(StringComparer.OrdinalIgnoreCase);
        foreach (CommandParameterInfo parameter in ToolParameters.Choose(shape, label, Parameters))
        {
            JsonObject? schema = ParameterSchema.Of(parameter, out string reason);
            if (schema is null)
            {
                if (parameter.IsMandatory || Parameters is not null)
                    throw Failure.Of(nameof(Messages.ToolParameterUnsupported), ErrorKind.InvalidInput, label, parameter.Name, reason);
                leftOut($"Omitting parameter '{parameter.Name}' of '{label}': {reason}.");
                continue;
            }

            string? text = help.Parameter(parameter.Name) ?? ToolHelp.Line(parameter.HelpMessage);
            if (text is not null)
                schema["description"] = schema["description"] is { } form ? $"{text.TrimEnd('.')}. {form.GetValue<string>()}" : text;
            properties[parameter.Name] = schema;
            types[parameter.Name] = parameter.ParameterType;
            if (parameter.IsMandatory)
                required.Add(parameter.Name);
        }

        JsonObject root = new() { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
            root["required"] = required;
        root["additionalProperties"] = false;
        return new Tool(name, root.ToJsonString(Json))
        {
            Description = ToolHelp.Line(Description) ?? help.Synopsis,
            Command = label,
            Parameters = [.. types.Keys],
            AllowUnattended = AllowUnattended,
            Body = new ToolBody(command, types, Runspace.DefaultRunspace?.InstanceId ?? Guid.Empty),
        };
    }

    private static string ValidName(string name)
    {
        string plain = string.Concat(Path.GetFileNameWithoutExtension(name).Select(static c => IsValid(c) ? c : '_'));
        return CheckedName(plain.Length > MaxName ? plain[..MaxName] : plain);
    }

    private static string CheckedName(string name)
    {
        string? reason = name.Length == 0 ? "it's empty"
            : name.Length > MaxName ? $"it has {name.Length} characters"
            : NamesOfChoices.Contains(name) ? "it's a reserved value of -ToolChoice"
            : name.FirstOrDefault(static c => !IsValid(c)) is var wrong and not '\0' ? $"it contains '{ToolText.Plain(wrong.ToString())}'"
            : !name.Any(char.IsAsciiLetterOrDigit) ? "it contains neither a letter nor a digit"
            : null;
        return reason is null ? name : throw Failure.Of(nameof(Messages.ToolNameInvalid), ErrorKind.InvalidInput, ToolText.Plain(name), reason);
    }

    private static bool IsValid(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '-';
}
