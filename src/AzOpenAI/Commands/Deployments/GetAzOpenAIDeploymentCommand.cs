using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>Get-AzOpenAIDeployment.</summary>
[Cmdlet(VerbsCommon.Get, "AzOpenAIDeployment", DefaultParameterSetName = ByObject)]
[OutputType(typeof(Deployment))]
public sealed class GetAzOpenAIDeploymentCommand : ManagementCmdlet
{
    private const string ByObject = "Resource";
    private const string ByName = "Name";

    private readonly RetirementIndex _dates = new();

    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = ByObject)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public ResourceIdentity? Resource { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceGroupName { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceName { get; set; } = null!;

    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(DeploymentCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    private protected override IReadOnlyList<string> Targets => [nameof(Resource), nameof(ResourceName)];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ErrorTarget = ParameterSetName == ByName ? ResourceName : Resource?.Input;
        if (Name is not null && !WildcardPattern.ContainsWildcardCharacters(Name))
            ArmName.CheckDeployment(Name);
        if ((ParameterSetName == ByName ? new ResourceIdentity(ResourceGroupName, ResourceName) : Resource) is { } identity)
        {
            (ManagementClient client, Resource resource) = await OpenAsync(identity, cancellationToken).ConfigureAwait(false);
            await WriteOfAsync(client, resource, cancellationToken).ConfigureAwait(false);
        }
        else if (!MyInvocation.ExpectingInput)
        {
            await WriteInventoryAsync(await GetClientAsync(null, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>All resources of the subscription in parallel. One that can't be read is an error; the others are still listed.</summary>
    private async Task WriteInventoryAsync(ManagementClient client, CancellationToken cancellationToken)
    {
        WildcardPattern pattern = WildcardPattern.Get(Name ?? "*", WildcardOptions.IgnoreCase);
        await foreach (InventoryItem item in new DeploymentInventory(client).ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (Deployment deployment in item.Deployments)
            {
                if (pattern.IsMatch(deployment.Name))
                    await WriteAsync(deployment).ConfigureAwait(false);
            }

            if (item.Failure is null)
                continue;
            ErrorTarget = item.Resource.Id;
            await WriteErrorAsync(CreateErrorRecord(item.Failure)).ConfigureAwait(false);
        }

        ErrorTarget = null;
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

    private async Task WriteDatedAsync(ManagementClient client, Resource resource, Deployment deployment, CancellationToken cancellationToken) =>
        await WriteAsync(await _dates.DateAsync(client, resource, deployment, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
}
