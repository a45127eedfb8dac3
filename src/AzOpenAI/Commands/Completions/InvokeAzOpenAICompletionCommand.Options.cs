using System.Management.Automation;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Commands;

/// <content>The options.</content>
public sealed partial class InvokeAzOpenAICompletionCommand
{
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Suffix { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int MaxTokens { get; set; }

    [Parameter]
    [ValidateRange(0.0, 2.0)]
    public double Temperature { get; set; }

    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double TopP { get; set; }

    [Parameter]
    [Alias("N")]
    [ValidateRange(1, 128)]
    public int ChoiceCount { get; set; } = 1;

    [Parameter]
    [ValidateRange(1, 20)]
    public int BestOf { get; set; }

    [Parameter]
    public SwitchParameter Echo { get; set; }

    [Parameter]
    [ValidateRange(0, 5)]
    public int LogProbs { get; set; }

    [Parameter]
    [Alias("Stop")]
    [ValidateCount(1, 4)]
    public string[]? StopSequence { get; set; }

    [Parameter]
    public long Seed { get; set; }

    [Parameter]
    [ValidateRange(-2.0, 2.0)]
    public double FrequencyPenalty { get; set; }

    [Parameter]
    [ValidateRange(-2.0, 2.0)]
    public double PresencePenalty { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    private void RefuseConflicts(int prompts)
    {
        string? conflict = !StreamText ? null : prompts > 1 ? "several prompts in one call" : ChoiceCount > 1 ? "-ChoiceCount greater than 1" : null;
        if (conflict is not null)
            throw Failure.Of(nameof(Messages.ParameterConflict), ErrorKind.InvalidInput, "-StreamText", conflict);
        if (IsBound(nameof(BestOf)) && BestOf < ChoiceCount)
            throw Failure.Of(nameof(Messages.ParameterConflict), ErrorKind.InvalidInput, $"-BestOf {BestOf}", $"-ChoiceCount {ChoiceCount}");
        if ((Stream || StreamText) && BestOf > ChoiceCount)
            throw Failure.Of(nameof(Messages.ParameterConflict), ErrorKind.InvalidInput, "-BestOf", Stream ? "-Stream" : "-StreamText");
    }

    private CompletionRequest CreateRequest(List<string> prompts, string deployment) => new()
    {
        Prompts = prompts,
        Deployment = deployment,
        Suffix = Suffix,
        MaxTokens = IsBound(nameof(MaxTokens)) ? MaxTokens : null,
        Temperature = IsBound(nameof(Temperature)) ? Temperature : null,
        TopP = IsBound(nameof(TopP)) ? TopP : null,
        ChoiceCount = IsBound(nameof(ChoiceCount)) ? ChoiceCount : null,
        BestOf = IsBound(nameof(BestOf)) ? BestOf : null,
        Echo = Echo,
        LogProbs = IsBound(nameof(LogProbs)) ? LogProbs : null,
        StopSequences = StopSequence ?? [],
        Seed = IsBound(nameof(Seed)) ? Seed : null,
        FrequencyPenalty = IsBound(nameof(FrequencyPenalty)) ? FrequencyPenalty : null,
        PresencePenalty = IsBound(nameof(PresencePenalty)) ? PresencePenalty : null,
        User = User,
    };
}
