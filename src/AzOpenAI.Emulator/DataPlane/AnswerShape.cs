namespace AzOpenAI.Emulator.DataPlane;

/// <summary>The format of Azure's own members on a route.</summary>
/// <param name="Annotated">False for the OpenAI-compatible base URL, which doesn't have filter results.</param>
/// <param name="PromptResults">Name of the prompt's filter results.</param>
internal sealed record AnswerShape(bool Annotated, string PromptResults)
{
    /// <summary>Previews of mid 2023 called the prompt's results prompt_annotations.</summary>
    public static AnswerShape Of(DataPlaneRequest request) => new(
        !request.IsOpenAI, request.ApiVersion.StartsWith("2023-06", StringComparison.Ordinal) ? "prompt_annotations" : "prompt_filter_results");
}
