using System.CommandLine;
using AzOpenAI.Cli.Commands;

RootCommand root = new("Azure OpenAI from end to end: quickstart and emulator.")
{
    QuickstartCommand.Create(),
    EmulatorCommand.Create(),
};
return await root.Parse(args).InvokeAsync().ConfigureAwait(false);
