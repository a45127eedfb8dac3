using AzOpenAI.Core.DataPlane.Chat;

namespace AzOpenAI.Core.CodeSamples;

/// <summary>The options of a sample with the API's names, which are the same in the Python and JavaScript packages.</summary>
internal static class CodeOptions
{
    /// <summary>Name and literal of each option that is set.</summary>
    public static IEnumerable<(string Name, string Value)> Of(CodeSampleRequest request, bool isOld, Func<string, string> quote)
    {
        if (request.Temperature is { } temperature)
            yield return ("temperature", CodeLiteral.Of(temperature));
        if (request.TopP is { } topP)
            yield return ("top_p", CodeLiteral.Of(topP));
        if (request.MaxTokens is { } maxTokens)
            yield return (isOld ? ParameterFit.ClassicTokens : ParameterFit.CompletionTokens, CodeLiteral.Of(maxTokens));
        if (request.ReasoningEffort is { } effort)
            yield return ("reasoning_effort", quote(effort));
        if (request.Dimensions is { } dimensions)
            yield return ("dimensions", CodeLiteral.Of(dimensions));
    }
}
