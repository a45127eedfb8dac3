using System.Management.Automation;
using AzOpenAI.Async;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Files;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Files;

/// <summary>Puts an answer into a file: beside it first, so that a download that breaks off leaves what was there before.</summary>
internal static class ResponseFile
{
    /// <summary>The full path; refused before anything is sent.</summary>
    /// <exception cref="AzOpenAIException">RequestFileFailed.</exception>
    public static async Task<string> ResolveAsync(string path, AsyncCmdlet cmdlet)
    {
        (string? file, string? problem) = await cmdlet.InvokeOnPipelineThreadAsync<(string?, string?)>(() =>
        {
            try
            {
                string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
                return provider.Name == "FileSystem" ? (full, null) : (null, $"it's a path of the {provider.Name} provider, not of the file system");
            }
            catch (RuntimeException exception) when (exception is not PipelineStoppedException)
            {
                return (null, exception.Message.TrimEnd('.'));
            }
        }).ConfigureAwait(false);
        problem ??= Directory.Exists(file) ? "it's a folder" : !Directory.Exists(Path.GetDirectoryName(file)) ? "its folder doesn't exist" : null;
        return problem is null ? file! : throw Failed(path, problem);
    }

    /// <summary>Writes the answer.</summary>
    /// <exception cref="AzOpenAIException">RequestFileFailed; what the connection fails with.</exception>
    public static async Task WriteAsync(RawResponse response, string path, CancellationToken cancellationToken)
    {
        string partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            // As curl -o: a new file is like any other that the user makes, one that is there keeps its mode.
            FileStream file = PrivateFile.Create(partial, PrivateFile.ModeOf(path));
            await using (file.ConfigureAwait(false))
                await response.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            File.Move(partial, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, exception.Message.ReplaceLineEndings(" ").TrimEnd('.'));
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static AzOpenAIException Failed(string path, string problem) => Failure.Of(nameof(Messages.RequestFileFailed), ErrorKind.InvalidInput, path, problem);
}
