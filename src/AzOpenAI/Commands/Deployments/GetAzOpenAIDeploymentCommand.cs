using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management;
using AzOpenAI.Infrastructure;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>Get-AzOpenAIDeployment.</summary>
[Cmdlet(VerbsCommon.Get, "AzOpenAIDeployment", DefaultParameterSetName = ByObject)]
[OutputType(typeof(Deployment))]
public sealed class GetAzOpenAIDeploymentCommand : ManagementCmdlet
{
    private const string ByObject = "Resource";
    private const string ByName = "Name";

    private readonly Dictionary<string, IReadOnlyList<Model>> _models = new(StringComparer.OrdinalIgnoreCase);

    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ByObject)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public ResourceIdentity? Resource { get; set; }

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceGroupName { get; set; } = null!;

    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceName { get; set; } = null!;

    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(DeploymentCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ErrorTarget = ParameterSetName == ByName ? ResourceName : Resource?.Input;
        ManagementClient client = await GetClientAsync(Resource?.SubscriptionId, cancellationToken).ConfigureAwait(false);
        if (ParameterSetName == ByName)
        {
            await WriteOfAsync(client, await client.Resources.GetAsync(ResourceGroupName, ResourceName, cancellationToken).ConfigureAwait(false), cancellationToken)
                .ConfigureAwait(false);
        }
        else if (Resource is not null)
        {
            await WriteOfAsync(client, await Resource.ResolveAsync(client, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        else if (!MyInvocation.ExpectingInput)
        {
            await foreach (Resource resource in client.Resources.ListAsync(null, cancellationToken).ConfigureAwait(false))
                await WriteMatchingAsync(client, resource, Name ?? "*", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteOfAsync(ManagementClient client, Resource resource, CancellationToken cancellationToken)
    {
        string? exact = Name ?? Resource?.DeploymentName;
        if (exact is not null && !WildcardPattern.ContainsWildcardCharacters(exact))
        {
            Deployment found = await client.Deployments.GetAsync(resource, exact, cancellationToken).ConfigureAwait(false);
            await WriteDatedAsync(client, resource, found, cancellationToken).ConfigureAwait(false);
            return;
        }

        await WriteMatchingAsync(client, resource, exact ?? "*", cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteMatchingAsync(ManagementClient client, Resource resource, string name, CancellationToken cancellationToken)
    {
        WildcardPattern pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
        await foreach (Deployment deployment in client.Deployments.ListAsync(resource, cancellationToken).ConfigureAwait(false))
        {
            if (pattern.IsMatch(deployment.Name))
                await WriteDatedAsync(client, resource, deployment, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteDatedAsync(ManagementClient client, Resource resource, Deployment deployment, CancellationToken cancellationToken)
    {
        IReadOnlyList<Model> models = await ReadModelsAsync(client, resource, cancellationToken).ConfigureAwait(false);
        await WriteAsync(client.Deployments.WithRetirement(deployment, models)).ConfigureAwait(false);
    }

    /// <summary>The catalogue of the resource's region, which knows when a model retires: read once per region.</summary>
    private async Task<IReadOnlyList<Model>> ReadModelsAsync(ManagementClient client, Resource resource, CancellationToken cancellationToken)
    {
        if (_models.TryGetValue(resource.Location, out IReadOnlyList<Model>? known))
            return known;
        List<Model> models = [];
        try
        {
            await foreach (Model model in client.Models.ListAsync(resource.Location, resource.Kind, cancellationToken).ConfigureAwait(false))
                models.Add(model);
        }
        catch (AzOpenAIException failure)
        {
            // A deployment without a date is worth more than no deployment.
            Reporter.Verbose($"Retirement dates are not known: {failure.Message}");
        }

        return _models[resource.Location] = models;
    }
}
