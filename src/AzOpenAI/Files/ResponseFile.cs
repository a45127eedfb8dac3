using System.Management.Automation;
using AzOpenAI.Async;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Files;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Files;

/// <summary>Saves a response to a file: first to a temporary one, so that an interrupted download doesn't affect an existing file.</summary>
internal static class ResponseFile
{
    /// <summary>The full path; validated before anything is sent.</summary>
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

    /// <summary>Writes the response.</summary>
    /// <exception cref="AzOpenAIException">RequestFileFailed, or an error of the connection.</exception>
    public static async Task WriteAsync(RawResponse response, string path, CancellationToken cancellationToken)
    {
        string partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            // Like curl -o: a new file has default permissions, an existing one keeps its mode.
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
