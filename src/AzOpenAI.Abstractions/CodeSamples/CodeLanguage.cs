namespace AzOpenAI;

/// <summary>The language of a code sample.</summary>
public enum CodeLanguage : long
{
    /// <summary>curl in a POSIX shell.</summary>
    Curl,

    /// <summary>Python with the package openai.</summary>
    Python,

    /// <summary>C# with the package OpenAI.</summary>
    CSharp,

    /// <summary>JavaScript (Node.js, ES modules) with the package openai.</summary>
    JavaScript,
}
