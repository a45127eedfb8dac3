using System.Collections.ObjectModel;
using System.Management.Automation;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Tools;

/// <summary>Chooses the parameters of a tool from those of a command: one parameter set, so that it's known what the model must provide.</summary>
internal static class ToolParameters
{
    // With them a model could silence errors, skip the command's own confirmation, or write to variables of the session.
    private static readonly HashSet<string> Common = new(
        [
            "Confirm", "Debug", "ErrorAction", "ErrorVariable", "InformationAction", "InformationVariable", "OutBuffer", "OutVariable", "PipelineVariable",
            "ProgressAction", "UseTransaction", "Verbose", "WarningAction", "WarningVariable", "WhatIf",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The parameters, in the command's order.</summary>
    /// <param name="command">The command.</param>
    /// <param name="label">Its name in errors.</param>
    /// <param name="names">The parameters to include; null for all of the default parameter set, without dynamic ones.</param>
    /// <exception cref="AzOpenAIException">ToolParameterUnknown, ToolParameterUnsupported, ToolParameterSetMissing, ToolCommandUnsupported.</exception>
    public static IReadOnlyList<CommandParameterInfo> Choose(CommandInfo command, string label, IReadOnlyList<string>? names)
    {
        ReadOnlyCollection<CommandParameterSetInfo> sets = Sets(command, label);
        if (sets.Count == 0)
            return names is null or [] ? [] : throw Unknown(label, names[0], []);
        if (names is null)
            return [.. Default(sets).Parameters.Where(static parameter => !Common.Contains(parameter.Name) && !parameter.IsDynamic)];

        List<string> wanted = [.. names.Select(name => Resolve(sets, name, label)).Distinct(StringComparer.OrdinalIgnoreCase)];
        CommandParameterSetInfo[] fitting = [.. sets.Where(set => wanted.All(name => set.Parameters.Any(parameter => Is(parameter, name))))];
        if (fitting.Length == 0)
            throw Failure.Of(nameof(Messages.ToolParameterSetMissing), ErrorKind.InvalidInput, label, $"all of {string.Join(", ", wanted.Select(static name => $"-{name}"))}");
        CommandParameterSetInfo[] callable = [.. fitting.Where(set => set.Parameters.All(parameter => !parameter.IsMandatory || wanted.Exists(name => Is(parameter, name))))];
        if (callable.Length == 0)
        {
            CommandParameterInfo missing = Default(fitting).Parameters.First(parameter => parameter.IsMandatory && !wanted.Exists(name => Is(parameter, name)));
            throw Failure.Of(nameof(Messages.ToolParameterSetMissing), ErrorKind.InvalidInput, label,
                $"only {string.Join(", ", wanted.Select(static name => $"-{name}"))}: -{missing.Name} is mandatory");
        }

        return [.. Default(callable).Parameters.Where(parameter => wanted.Exists(name => Is(parameter, name)))];
    }

    private static ReadOnlyCollection<CommandParameterSetInfo> Sets(CommandInfo command, string label)
    {
        try
        {
            return command.ParameterSets;
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            throw Failure.Of(nameof(Messages.ToolCommandUnsupported), ErrorKind.InvalidInput, label, exception.Message.ReplaceLineEndings(" ").TrimEnd('.'));
        }
    }

    private static string Resolve(IReadOnlyList<CommandParameterSetInfo> sets, string name, string label)
    {
        string bare = name.TrimStart('-');
        CommandParameterInfo parameter = sets.SelectMany(static set => set.Parameters)
            .FirstOrDefault(parameter => Is(parameter, bare) || parameter.Aliases.Contains(bare, StringComparer.OrdinalIgnoreCase))
            ?? throw Unknown(label, bare, sets.SelectMany(static set => set.Parameters).Select(static parameter => parameter.Name));
        return Common.Contains(parameter.Name)
            ? throw Failure.Of(nameof(Messages.ToolParameterUnsupported), ErrorKind.InvalidInput, label, parameter.Name, "it's reserved for the user of the command")
            : parameter.Name;
    }

    private static AzOpenAIException Unknown(string label, string name, IEnumerable<string> names)
    {
        string there = string.Join(", ", names.Distinct(StringComparer.OrdinalIgnoreCase).Where(static known => !Common.Contains(known)));
        return Failure.Of(nameof(Messages.ToolParameterUnknown), ErrorKind.InvalidInput, label, name, there.Length == 0 ? "none" : there);
    }

    private static CommandParameterSetInfo Default(IReadOnlyList<CommandParameterSetInfo> sets) => sets.FirstOrDefault(static set => set.IsDefault) ?? sets[0];

    private static bool Is(CommandParameterInfo parameter, string name) => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
