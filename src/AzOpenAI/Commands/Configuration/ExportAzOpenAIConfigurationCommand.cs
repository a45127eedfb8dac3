using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Core.Configuration;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Files;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Commands;

/// <summary>Export-AzOpenAIConfiguration.</summary>
[Cmdlet(VerbsData.Export, "AzOpenAIConfiguration", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(string))]
public sealed class ExportAzOpenAIConfigurationCommand : ResourceCmdlet
{
    private string? _written;

    [Parameter(Mandatory = true, Position = 1)]
    public ConfigurationFormat Format { get; set; }

    [Parameter]
    public SwitchParameter IncludeKey { get; set; }

    [Parameter]
    public KeyName KeyName { get; set; } = KeyName.Key1;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ApiVersion { get; set; }

    [Parameter]
    [Alias("FilePath")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        Connection connection = await GetConnectionAsync(cancellationToken).ConfigureAwait(false);
        connection = connection with { Deployment = Deployment ?? connection.Deployment };
        ConnectionConfiguration configuration = ConnectionConfiguration.From(connection, IncludeKey, ApiVersion);
        ConfigurationText text = ConfigurationWriter.Write(configuration, Format);
        if (connection.Headers.Count > 0)
        {
            await WriteWarningAsync(
                $"The connection to {connection.Endpoint.Host} sends custom headers ({string.Join(", ", connection.Headers.Keys)}), which can't be exported in any format.").ConfigureAwait(false);
        }

        if (Path is not null)
        {
            await SaveAsync(text, configuration.Title, cancellationToken).ConfigureAwait(false);
            return;
        }

        await WriteLogCommandsAsync(text).ConfigureAwait(false);
        await WriteAsync(text.Text.TrimEnd('\n')).ConfigureAwait(false);
    }

    private async Task<Connection> GetConnectionAsync(CancellationToken cancellationToken)
    {
        IConnectionSource? source = ParameterSetName == ByObject ? Resource.Source : null;
        if (source is ResourceKey known)
        {
            ErrorTarget = Resource.Input;
            return Choose(known);
        }

        // A connection has one key. The resource is only needed to export another one by name.
        if (source is not null && !IsBound(nameof(KeyName)))
        {
            ErrorTarget = Resource.Input;
            return source.Connection;
        }

        string? deployment = ParameterSetName == ByObject ? Resource.DeploymentName : null;
        (ManagementClient client, Resource resource) = await ResolveResourceAsync(cancellationToken).ConfigureAwait(false);
        if (IncludeKey || resource.Endpoint is null)
            return Choose(await client.Resources.GetKeysAsync(resource, deployment, cancellationToken).ConfigureAwait(false));
        return new Connection
        {
            Name = resource.Name,
            Endpoint = resource.Endpoint,
            Kind = ConnectionKind.AzureV1,
            Authentication = resource.LocalAuthDisabled ? AuthenticationKind.EntraId : AuthenticationKind.ApiKey,
            Deployment = deployment,
            ResourceId = resource.Id,
        };
    }

    private Connection Choose(ResourceKey keys)
    {
        if (IncludeKey && keys.Authentication == AuthenticationKind.EntraId)
            throw Failure.Of(nameof(Messages.LocalAuthDisabled), ErrorKind.NotAvailable, keys.ResourceName, "write");
        return keys.Connection with { Key = KeyName == KeyName.Key2 ? keys.Key2 : keys.Key1 };
    }

    private async Task SaveAsync(ConfigurationText text, string title, CancellationToken cancellationToken)
    {
        (string file, string? problem) = await InvokeOnPipelineThreadAsync(Resolve).ConfigureAwait(false);
        if (problem is not null)
            throw Failure.Of(nameof(Messages.ConfigurationFileFailed), ErrorKind.InvalidInput, file, problem);
        if (_written is not null)
            throw Failure.Of(nameof(Messages.ConfigurationFileTaken), ErrorKind.InvalidInput, file, _written);
        if (!await ShouldProcessAsync(file, $"Write the configuration of '{title}' ({Format})").ConfigureAwait(false))
            return;

        // A mask after its value has no effect.
        await WriteLogCommandsAsync(text).ConfigureAwait(false);
        if (Format == ConfigurationFormat.GitHubActions)
            await TextFile.AppendAsync(file, text.Text, IncludeKey, cancellationToken).ConfigureAwait(false);
        else
            await TextFile.WriteAsync(file, text.Text, IncludeKey, NoClobber, Force, cancellationToken).ConfigureAwait(false);
        _written = title;
    }

    // An exception on the pipeline thread ends the pipeline, so an invalid path is returned.
    private (string File, string? Problem) Resolve()
    {
        try
        {
            string file = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Path, out ProviderInfo provider, out _);
            return provider.Name == "FileSystem" ? (file, null) : (Path!, $"it's a path of the {provider.Name} provider, not a file");
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            return (Path!, e.Message.TrimEnd('.'));
        }
    }

    private async Task WriteLogCommandsAsync(ConfigurationText text)
    {
        foreach (string command in text.LogCommands)
            await WriteHostTextAsync(command).ConfigureAwait(false);
    }
}
