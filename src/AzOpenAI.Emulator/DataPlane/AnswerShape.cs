namespace AzOpenAI.Emulator.DataPlane;

/// <summary>How the members of Azure's own look on a route.</summary>
/// <param name="Annotated">False for the OpenAI-compatible base, which has no filter results.</param>
/// <param name="PromptResults">Name of the prompt's filter results.</param>
internal sealed record AnswerShape(bool Annotated, string PromptResults)
{
    /// <summary>Previews of mid 2023 called the prompt's results prompt_annotations.</summary>
    public static AnswerShape Of(DataPlaneRequest request) => new(
        !request.IsOpenAI, request.ApiVersion.StartsWith("2023-06", StringComparison.Ordinal) ? "prompt_annotations" : "prompt_filter_results");
}
