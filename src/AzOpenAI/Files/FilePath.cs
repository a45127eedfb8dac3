using System.Management.Automation;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Files;

/// <summary>Full paths of what users write as a path. Only on the pipeline thread.</summary>
internal static class FilePath
{
    /// <summary>The path in the file system, whether there is a file or not.</summary>
    /// <param name="cmdlet">Knows the current folder and the drives.</param>
    /// <param name="path">As the user wrote it; wildcards are not expanded.</param>
    /// <param name="errorId">The error, with the path and the reason as its facts.</param>
    /// <exception cref="AzOpenAIException">The error named.</exception>
    public static string Resolve(PSCmdlet cmdlet, string path, string errorId)
    {
        try
        {
            string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem"
                ? full
                : throw Failure.Of(errorId, ErrorKind.InvalidInput, path, $"it's a path of the {provider.Name} provider, not a file");
        }
        catch (Exception exception) when (exception is RuntimeException and not PipelineStoppedException or ArgumentException)
        {
            throw Failure.Of(errorId, ErrorKind.InvalidInput, path, exception.Message.TrimEnd('.'));
        }
    }
}
