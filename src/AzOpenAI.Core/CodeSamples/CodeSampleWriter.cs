namespace AzOpenAI.Core.CodeSamples;

/// <summary>Writes a call as code that runs as it stands.</summary>
public static class CodeSampleWriter
{
    /// <summary>The sample. It holds no secret, only the names of the environment variables that do.</summary>
    /// <param name="request">What to do, and where.</param>
    /// <param name="language">In what to write.</param>
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
