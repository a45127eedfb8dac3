using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using AzOpenAI.Cli;
using AzOpenAI.Cli.Commands;

RootCommand root = new("Azure OpenAI from end to end: quickstart and emulator.")
{
    QuickstartCommand.Create(),
    EmulatorCommand.Create(),
};
foreach (HelpOption help in root.Options.OfType<HelpOption>())
    help.Action = new ExitCodesHelp((HelpAction)help.Action!);
ParseResult parsed = root.Parse(args);

// Each command handles signals itself: the library would end the process two seconds after the first one, during the clean-up.
InvocationConfiguration configuration = new() { ProcessTerminationTimeout = null };
if (parsed.Action is not ParseErrorAction)
    return await parsed.InvokeAsync(configuration).ConfigureAwait(false);

if (args.Length == 0)
    await root.Parse("--help").InvokeAsync(configuration).ConfigureAwait(false);
else
    // The missing command is reported first, even if one is misspelled.
    new Report(Console.Out, Console.Error).Error(parsed.Errors[^1].Message);
return ExitCodes.Usage;
