using AzOpenAI.Async;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Cmdlets;

/// <summary>
/// Asks before a change. -WhatIf always wins, -Force only skips the prompt: <c>ShouldProcess(...) || Force</c> would delete under -WhatIf -Force.
/// </summary>
internal static class Confirmation
{
    /// <summary>
    /// True when every step may be done. Each step is shown on its own, so that -WhatIf tells the whole truth; who says no is not asked about the steps that
    /// would have followed.
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

    /// <summary>As <see cref="ShouldApplyAsync"/>, and asks once more for what cannot be undone unless the caller has spoken: -Force, -Confirm, $ConfirmPreference.</summary>
    public static async Task<bool> ShouldDestroyAsync(AsyncCmdlet cmdlet, IReadOnlyList<PlannedStep> steps, string question, bool force)
    {
        if (!await ShouldApplyAsync(cmdlet, steps).ConfigureAwait(false))
            return false;
        return force
            || await cmdlet.InvokeOnPipelineThreadAsync(() => cmdlet.ConfirmationIsSettled).ConfigureAwait(false)
            || await cmdlet.ShouldContinueAsync(question, "AzOpenAI").ConfigureAwait(false);
    }
}
