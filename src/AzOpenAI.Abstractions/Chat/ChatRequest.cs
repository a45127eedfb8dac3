namespace AzOpenAI;

/// <summary>A chat request. Null properties aren't sent, so that the service's defaults apply.</summary>
public sealed record ChatRequest
{
    /// <summary>Messages in order; at least one.</summary>
    public required IReadOnlyList<ChatMessage> Messages { get; init => field = Indexable.Of(value); }

    /// <summary>Deployment (Azure) or model (OpenAI).</summary>
    public required string Deployment { get; init; }

    /// <summary>The model of the deployment, if known, such as gpt-5-mini: determines the names of fields. It isn't sent itself.</summary>
    public string? ModelHint { get; init; }

    /// <summary>0 to 2. Reasoning models reject it.</summary>
    public double? Temperature { get; init; }

    /// <summary>0 to 1. Reasoning models reject it.</summary>
    public double? TopP { get; init; }

    /// <summary>Maximum number of output tokens; sent under the name that the model accepts.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Up to four stop sequences.</summary>
    public IReadOnlyList<string> StopSequences { get; init => field = Indexable.Of(value); } = [];

    /// <summary>Seed for reproducible responses, best effort.</summary>
    public long? Seed { get; init; }

    /// <summary>Number of choices, 1 to 128. All of their tokens are billed.</summary>
    public int? ChoiceCount { get; init; }

    /// <summary>-2 to 2: positive values penalize tokens by how often they have occurred.</summary>
    public double? FrequencyPenalty { get; init; }

    /// <summary>-2 to 2: positive values penalize tokens that have occurred at all.</summary>
    public double? PresencePenalty { get; init; }

    /// <summary>True to return the log probability of each token.</summary>
    public bool? LogProbs { get; init; }

    /// <summary>Number of most likely tokens to return at each position, 0 to 20; implies <see cref="LogProbs"/>.</summary>
    public int? TopLogProbs { get; init; }

    /// <summary>none, minimal, low, medium, high, xhigh or max, if the model supports it.</summary>
    public string? ReasoningEffort { get; init; }

    /// <summary>low, medium or high: the length of responses, for models that support it.</summary>
    public string? Verbosity { get; init; }

    /// <summary>Your ID of the end user.</summary>
    public string? User { get; init; }

    /// <summary>Up to 16 pairs to find stored responses by: keys of up to 64 characters, values of up to 512.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init => field = ShownDictionary<string>.Of(value); }

    /// <summary>Functions that the model may request.</summary>
    public IReadOnlyList<ChatToolDefinition> Tools { get; init => field = Indexable.Of(value); } = [];

    /// <summary>auto, none, required, or the name of the tool to call.</summary>
    public string? ToolChoice { get; init; }

    /// <summary>False for at most one tool call in a response.</summary>
    public bool? ParallelToolCalls { get; init; }

    /// <summary>The format of the response.</summary>
    public ChatResponseSchema? ResponseSchema { get; init; }

    /// <summary>True for a response that is any JSON object. A message must then contain the word JSON.</summary>
    public bool JsonObject { get; init; }

    /// <summary>Additional members of the body, a JSON object. They override members with the same name.</summary>
    public string? ExtraBody { get; init; }

    /// <summary>Additional headers of this request, which override the connection's. A SecureString value is secret, a string value isn't.</summary>
    public IReadOnlyDictionary<string, object>? ExtraHeaders { get; init => field = ShownDictionary<object>.Of(value); }

    /// <inheritdoc/>
    public override string ToString() => Messages.Count > 0 ? Messages[^1].ToString() : "";
}
