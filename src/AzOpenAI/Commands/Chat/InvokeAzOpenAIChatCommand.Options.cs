using System.Collections;
using System.Management.Automation;
using AzOpenAI.Chat;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <content>The options: sampling, format, limits, additional members.</content>
public sealed partial class InvokeAzOpenAIChatCommand
{
    [Parameter]
    [ValidateRange(0.0, 2.0)]
    public double Temperature { get; set; }

    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double TopP { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxTokens { get; set; }

    [Parameter]
    [Alias("Stop")]
    [ValidateCount(1, 4)]
    public string[]? StopSequence { get; set; }

    [Parameter]
    public long Seed { get; set; }

    [Parameter]
    [Alias("N")]
    [ValidateRange(1, 128)]
    public int ChoiceCount { get; set; } = 1;

    [Parameter]
    [ValidateRange(-2.0, 2.0)]
    public double FrequencyPenalty { get; set; }

    [Parameter]
    [ValidateRange(-2.0, 2.0)]
    public double PresencePenalty { get; set; }

    [Parameter]
    public SwitchParameter LogProbs { get; set; }

    [Parameter]
    [ValidateRange(0, 20)]
    public int TopLogProbs { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReasoningEffort { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Verbosity { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    [Parameter]
    [ValidateNotNull]
    public IDictionary? Metadata { get; set; }

    [Parameter]
    [ValidateNotNull]
    public object? ExtraBody { get; set; }

    [Parameter]
    [ValidateNotNull]
    public IDictionary? ExtraHeader { get; set; }

    /// <summary>True if a field is used that some models don't support.</summary>
    private bool IsModelNeeded =>
        IsBound(nameof(Temperature)) || IsBound(nameof(TopP)) || IsBound(nameof(MaxTokens)) || IsBound(nameof(FrequencyPenalty)) || IsBound(nameof(PresencePenalty))
        || ReasoningEffort is not null || Verbosity is not null;

    private ChatRequest CreateRequest(IReadOnlyList<ChatMessage> messages, string deployment, ChatSetup setup) => new()
    {
        Messages = messages,
        Deployment = deployment,
        Temperature = IsBound(nameof(Temperature)) ? Temperature : null,
        TopP = IsBound(nameof(TopP)) ? TopP : null,
        MaxTokens = IsBound(nameof(MaxTokens)) ? MaxTokens : null,
        StopSequences = StopSequence ?? [],
        Seed = IsBound(nameof(Seed)) ? Seed : null,
        ChoiceCount = IsBound(nameof(ChoiceCount)) ? ChoiceCount : null,
        FrequencyPenalty = IsBound(nameof(FrequencyPenalty)) ? FrequencyPenalty : null,
        PresencePenalty = IsBound(nameof(PresencePenalty)) ? PresencePenalty : null,
        LogProbs = LogProbs ? true : null,
        TopLogProbs = IsBound(nameof(TopLogProbs)) ? TopLogProbs : null,
        ReasoningEffort = ReasoningEffort,
        Verbosity = Verbosity,
        User = User,
        Metadata = setup.Metadata,
        ResponseSchema = setup.Reader?.Schema,
        Tools = setup.Tools?.Definitions ?? [],
        ToolChoice = setup.Tools?.Choice,
        ExtraBody = setup.ExtraBody,
        ExtraHeaders = setup.ExtraHeaders,
    };

    private Task<string?> GetModelAsync(Connection connection, string deployment, CancellationToken cancellationToken) =>
        DeployedModels.FindAsync(Session, PipedSource as Deployment, connection, deployment, CreateOptions(), cancellationToken);
}
