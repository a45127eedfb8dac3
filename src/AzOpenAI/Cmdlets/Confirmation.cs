using AzOpenAI.Async;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Cmdlets;

/// <summary>
/// Confirms a change. -WhatIf always takes precedence, -Force only skips the prompt: <c>ShouldProcess(...) || Force</c> would delete with -WhatIf -Force.
/// </summary>
internal static class Confirmation
{
    /// <summary>
    /// True if every step is confirmed. Each step is shown separately, so that -WhatIf is complete; after a "no", the remaining steps aren't
    /// shown.
    /// </summary>
    public static async Task<bool> ShouldApplyAsync(AsyncCmdlet cmdlet, IReadOnlyList<PlannedStep> steps)
    {
        bool all = true;
        foreach (PlannedStep step in steps)
        {
            all &= await cmdlet.ShouldProcessAsync(step.Target, step.Action).ConfigureAwait(false);
            if (!all && !await cmdlet.InvokeOnPipelineThreadAsync(() => cmdlet.IsWhatIf).ConfigureAwait(false))
                break;
        }

        return all;
    }

    /// <summary>As <see cref="ShouldApplyAsync"/>, with another prompt for what can't be undone unless -Force, -Confirm or $ConfirmPreference is set.</summary>
    public static async Task<bool> ShouldDestroyAsync(AsyncCmdlet cmdlet, IReadOnlyList<PlannedStep> steps, string question, bool force)
    {
        if (!await ShouldApplyAsync(cmdlet, steps).ConfigureAwait(false))
            return false;
        return force
            || await cmdlet.InvokeOnPipelineThreadAsync(() => cmdlet.ConfirmationIsSettled).ConfigureAwait(false)
            || await cmdlet.ShouldContinueAsync(question, "AzOpenAI").ConfigureAwait(false);
    }
}
