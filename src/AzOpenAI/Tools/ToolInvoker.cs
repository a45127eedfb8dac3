using System.Collections;
using System.Management.Automation;
using System.Runtime.ExceptionServices;
using AzOpenAI.Async;

namespace AzOpenAI.Tools;

/// <summary>
/// Runs the command of a tool with typed values. Its output to other streams is shown to the user as it arrives, and never sent to the model. Only on the
/// pipeline thread.
/// </summary>
internal sealed class ToolInvoker
{
    // Fixed text: a call's values are splatted, never part of a script. The loop catches a stray break or continue, which would end the caller's script.
    // Names that functions don't use: they would see these variables.
    private const string Wrapper = """
        param($__toolCommand, $__toolArguments, $__toolTake)
        if ($ErrorActionPreference -in 'SilentlyContinue', 'Ignore') { $ErrorActionPreference = 'Continue' }
        foreach ($__toolOnce in 1) {
            try { & $__toolCommand @__toolArguments *>&1 | & { process { $__toolTake.Invoke($_, $false) } } }
            catch { $__toolTake.Invoke($_, $true) }
        }
        """;

    private readonly AsyncCmdlet _cmdlet;
    private readonly ToolOutput _output = new();
    private ExceptionDispatchInfo? _writeFailure;

    private ToolInvoker(AsyncCmdlet cmdlet) => _cmdlet = cmdlet;

    /// <summary>Runs it.</summary>
    /// <exception cref="PipelineStoppedException">Ctrl+C.</exception>
    /// <exception cref="Exception">A write to a stream of the cmdlet threw: the pipeline ends.</exception>
    public static ToolOutput Run(AsyncCmdlet cmdlet, object command, Hashtable arguments)
    {
        ToolInvoker invoker = new(cmdlet);
        try
        {
            ScriptBlock.Create(Wrapper).Invoke(command, arguments, (Action<object?, bool>)invoker.Take);
        }
        catch (Exception exception) when (exception is RuntimeException and not PipelineStoppedException or LoopFlowException)
        {
            // A break with a label leaves every loop.
            invoker._writeFailure?.Throw();
            invoker._output.AddError(exception is LoopFlowException ? "it ended with 'break' or 'continue' outside of a loop" : exception.Message);
        }

        invoker._writeFailure?.Throw();
        return invoker._output;
    }

    private void Take(object? item, bool isThrown)
    {
        if (_writeFailure is not null)
            return;
        try
        {
            TakeRecord(item, isThrown);
        }
        catch (Exception exception)
        {
            // The wrapper's catch is for the tool's failures; this one is for the pipeline's.
            _writeFailure = ExceptionDispatchInfo.Capture(exception);
            throw;
        }
    }

    private void TakeRecord(object? item, bool isThrown)
    {
        switch (item is PSObject wrapped ? wrapped.BaseObject : item)
        {
            // A program's error stream doesn't mean failure.
            case ErrorRecord native when !isThrown && native.FullyQualifiedErrorId.StartsWith("NativeCommandError", StringComparison.Ordinal):
                _output.Add(PSObject.AsPSObject(native.ToString()));
                break;
            case ErrorRecord error:
                _output.AddError(string.Join(' ', error.ToString().Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));
                break;
            case WarningRecord warning:
                _cmdlet.WriteWarning(warning.Message);
                break;
            case VerboseRecord verbose:
                _cmdlet.WriteVerbose(verbose.Message);
                break;
            case DebugRecord debug:
                _cmdlet.WriteDebug(debug.Message);
                break;
            case InformationRecord information:
                _cmdlet.WriteInformation(Shown(information));
                break;
            default:
                AddOutput(item);
                break;
        }
    }

    // A tool may print its arguments, which come from the model.
    private static InformationRecord Shown(InformationRecord record)
    {
        object? data = record.MessageData switch
        {
            HostInformationMessage host => new HostInformationMessage
            {
                Message = ConsoleText.Clean(host.Message),
                NoNewLine = host.NoNewLine,
                ForegroundColor = host.ForegroundColor,
                BackgroundColor = host.BackgroundColor,
            },
            string text => ConsoleText.Clean(text),
            // The host prints the string of any other object. Safe ones aren't changed.
            object other when other.ToString() is string text && ConsoleText.Clean(text) is string clean && clean != text => clean,
            _ => null,
        };
        if (data is null)
            return record;
        InformationRecord shown = new(data, record.Source) { TimeGenerated = record.TimeGenerated };
        shown.Tags.AddRange(record.Tags);
        return shown;
    }

    // Its getters and enumerators are the tool's code too.
    private void AddOutput(object? item)
    {
        try
        {
            _output.Add(item is null ? null : PSObject.AsPSObject(item));
        }
        catch (Exception exception) when (exception is not PipelineStoppedException)
        {
            _output.AddError($"can't read an output object: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }
}
