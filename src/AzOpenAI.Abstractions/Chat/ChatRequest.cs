namespace AzOpenAI;

/// <summary>What to ask. A null property is not sent, so the service's default holds.</summary>
public sealed record ChatRequest
{
    /// <summary>Messages in order; at least one.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init => field = Indexable.Of(value); }

    /// <summary>Deployment (Azure) or model (OpenAI).</summary>
    public required string Deployment { get; init; }

    /// <summary>The model behind the deployment where it is known, such as gpt-5-mini: fields are then sent under the names that it takes. Not sent itself.</summary>
    public string? ModelHint { get; init; }

    /// <summary>0 to 2. Reasoning models refuse it.</summary>
    public double? Temperature { get; init; }

    /// <summary>0 to 1. Reasoning models refuse it.</summary>
    public double? TopP { get; init; }

    /// <summary>Most tokens to answer with; sent under the name that the model takes.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Up to four texts to stop at.</summary>
    public IReadOnlyList<string> StopSequences { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Seed for answers that repeat, best effort.</summary>
    public long? Seed { get; init; }

    /// <summary>How many answers to make, 1 to 128. All of their tokens are billed.</summary>
    public int? ChoiceCount { get; init; }

    /// <summary>-2 to 2: above zero, what was said often is said less.</summary>
    public double? FrequencyPenalty { get; init; }

    /// <summary>-2 to 2: above zero, what was said at all is said less.</summary>
    public double? PresencePenalty { get; init; }

    /// <summary>True: the answer tells how likely each token was.</summary>
    public bool? LogProbs { get; init; }

    /// <summary>0 to 20 likeliest tokens in each place; implies <see cref="LogProbs"/>.</summary>
    public int? TopLogProbs { get; init; }

    /// <summary>none, minimal, low, medium, high, xhigh or max, as the model takes.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>low, medium or high: how much text, for models that take it.</summary>
    public string? Verbosity { get; init; }

    /// <summary>Your id of the end user.</summary>
    public string? User { get; init; }

    /// <summary>At most 16 pairs to find stored answers by: keys of at most 64 characters, values of at most 512.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init => field = ShownDictionary<string>.Of(value); }

    /// <summary>Functions that the model may ask to be called.</summary>
    public IReadOnlyList<ChatToolDefinition> Tools { get; init => field = Indexable.Of(value); } = [];

    /// <summary>auto, none, required, or the name of the one tool to call.</summary>
    public string? ToolChoice { get; init; }

    /// <summary>False: at most one tool call in an answer.</summary>
    public bool? ParallelToolCalls { get; init; }

    /// <summary>The form that the answer must have.</summary>
    public ChatResponseSchema? ResponseSchema { get; init; }

    /// <summary>True: the answer is a JSON object of any form. A message must then contain the word JSON.</summary>
    public bool JsonObject { get; init; }

    /// <summary>More members of the body, a JSON object. They win over members of the same name.</summary>
    public string? ExtraBody { get; init; }

    /// <summary>More headers of this request. A SecureString value is secret, a string value is not. They win over the connection's.</summary>
    public IReadOnlyDictionary<string, object>? ExtraHeaders { get; init => field = ShownDictionary<object>.Of(value); }

    /// <inheritdoc/>
    public override string ToString() => Messages.Count > 0 ? Messages[^1].ToString() : "";
}
