namespace AzOpenAI.Core.CodeSamples;

/// <summary>Writes a call as code that runs unchanged.</summary>
public static class CodeSampleWriter
{
    /// <summary>Returns the sample. It contains no secret, only the names of the environment variables that do.</summary>
    /// <param name="request">The call.</param>
    /// <param name="language">The language of the sample.</param>
    public static string Write(CodeSampleRequest request, CodeLanguage language)
    {
        ArgumentNullException.ThrowIfNull(request);
        return language switch
        {
            CodeLanguage.Curl => new CurlSample(request).Write(),
            CodeLanguage.Python => new PythonSample(request).Write(),
            CodeLanguage.CSharp => new CSharpSample(request).Write(),
            CodeLanguage.JavaScript => new JavaScriptSample(request).Write(),
            _ => throw new ArgumentOutOfRangeException(nameof(language), language, "No such language."),
        };
    }
}
