using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace AzOpenAI.Cli.Commands;

/// <summary>The help of each command, with the exit codes after it.</summary>
internal sealed class ExitCodesHelp(HelpAction help) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        int exitCode = help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine(ExitCodes.Help);
        return exitCode;
    }
}
