using System.Management.Automation;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Files;

/// <summary>Resolves users' paths to full paths. Only on the pipeline thread.</summary>
internal static class FilePath
{
    /// <summary>The path in the file system, whether or not the file exists.</summary>
    /// <param name="cmdlet">Provides the current location and the drives.</param>
    /// <param name="path">The user's path; wildcards aren't expanded.</param>
    /// <param name="errorId">The ErrorId, with the path and the reason as arguments.</param>
    /// <exception cref="AzOpenAIException">The specified error.</exception>
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
