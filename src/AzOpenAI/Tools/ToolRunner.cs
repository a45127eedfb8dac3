using System.Collections;
using System.Diagnostics;
using System.Management.Automation;
using AzOpenAI.Async;
using AzOpenAI.Core.Tools;

namespace AzOpenAI.Tools;

/// <summary>Handles the calls that a model requests: validates, prompts, runs, and reports the result of each.</summary>
internal sealed class ToolRunner(AsyncCmdlet cmdlet, ToolSet tools, ToolApproval approval)
{
    /// <summary>Handles one call. Errors of the model are returned to it as the result.</summary>
    /// <exception cref="AzOpenAIException">ToolNeedsApproval.</exception>
    public async Task<ToolRun> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (tools.Find(call.Name) is not { } tool)
        {
            await cmdlet.WriteWarningAsync($"The model requested tool '{ToolText.Plain(call.Name)}', which isn't one of the tools of this call. Nothing was run.").ConfigureAwait(false);
            return NotRun(ToolRunStatus.UnknownTool, $"Error: tool '{call.Name}' doesn't exist. Available tools: {string.Join(", ", tools.Definitions)}.");
        }

        ToolArguments arguments = ToolArguments.Read(tool.Schema, call.Arguments);
        if (arguments.Problems.Count > 0)
            return await RefuseAsync(tool, string.Join("; ", arguments.Problems)).ConfigureAwait(false);

        (ToolRun? run, string? misfit, AzOpenAIException? failure) = await cmdlet.InvokeOnPipelineThreadAsync<(ToolRun?, string?, AzOpenAIException?)>(() =>
        {
            // An unhandled exception would end the pipeline; these belong to the record.
            try
            {
                return (Run(tool, arguments), null, null);
            }
            catch (PSInvalidCastException exception)
            {
                return (null, exception.Message, null);
            }
            catch (AzOpenAIException exception)
            {
                return (null, null, exception);
            }
        }).ConfigureAwait(false);
        if (failure is not null)
            throw failure;
        return run ?? await RefuseAsync(tool, misfit!.ReplaceLineEndings(" ")).ConfigureAwait(false);
    }

    private ToolRun Run(Tool tool, ToolArguments arguments)
    {
        ToolBody body = (ToolBody)tool.Body!;
        Hashtable values = body.Bind(arguments.Values);
        switch (approval.Ask(tool, arguments.Values))
        {
            case ToolRunStatus.WhatIf:
                return NotRun(ToolRunStatus.WhatIf, "");
            case not null:
                cmdlet.WriteVerbose($"The call of tool {tool.Name} was declined.");
                return NotRun(ToolRunStatus.Declined, "Error: the user declined this call. Don't request it again; continue without it.");
        }

        long started = Stopwatch.GetTimestamp();
        ToolOutput output = ToolInvoker.Run(cmdlet, body.Command, values);
        TimeSpan duration = Stopwatch.GetElapsedTime(started);
        string result = output.ToString();
        if (output.HasErrors)
            cmdlet.WriteWarning($"Tool {tool.Name} failed. Sent to the model: {ToolText.Plain(output.FirstError)}");
        else
            cmdlet.WriteVerbose($"Tool {tool.Name} ran for {duration.TotalSeconds:0.00} s and returned {result.Length:N0} characters to the model.");
        return new ToolRun { Status = output.HasErrors ? ToolRunStatus.Failed : ToolRunStatus.Completed, Output = result, Duration = duration };
    }

    private async Task<ToolRun> RefuseAsync(Tool tool, string problem)
    {
        await cmdlet.WriteVerboseAsync($"The arguments for tool {tool.Name} aren't valid. Sent to the model: {ToolText.Plain(problem)}").ConfigureAwait(false);
        return NotRun(ToolRunStatus.InvalidArguments, $"Error: the arguments don't match the tool: {problem}.");
    }

    private static ToolRun NotRun(ToolRunStatus status, string result) => new() { Status = status, Output = result };
}
