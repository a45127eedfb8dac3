using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Commands;

/// <summary>Get-AzOpenAIDeletedResource.</summary>
[Cmdlet(VerbsCommon.Get, "AzOpenAIDeletedResource")]
[OutputType(typeof(DeletedResource))]
public sealed class GetAzOpenAIDeletedResourceCommand : ManagementCmdlet
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ResourceName")]
    [ArgumentCompleter(typeof(DeletedResourceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? ResourceGroupName { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Location { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ErrorTarget = Name ?? ResourceGroupName ?? Location;
        if (Name is not null && !WildcardPattern.ContainsWildcardCharacters(Name))
            ArmName.CheckResource(Name);
        if (ResourceGroupName is not null)
            ArmName.CheckResourceGroup(ResourceGroupName);
        ManagementClient client = await GetClientAsync(null, cancellationToken).ConfigureAwait(false);
        WildcardPattern pattern = WildcardPattern.Get(Name ?? "*", WildcardOptions.IgnoreCase);
        bool found = false;
        foreach (DeletedResource resource in await client.DeletedResources.ListAsync(Location, ResourceGroupName, cancellationToken).ConfigureAwait(false))
        {
            if (!pattern.IsMatch(resource.Name))
                continue;
            found = true;
            await WriteAsync(resource).ConfigureAwait(false);
        }

        // If an exact name was specified, not finding it is an error.
        if (!found && Name is not null && !WildcardPattern.ContainsWildcardCharacters(Name))
        {
            DeletedResource elsewhere = await client.DeletedResources.GetAsync(ResourceGroupName, Name, cancellationToken).ConfigureAwait(false);
            throw Failure.Of(nameof(Messages.DeletedResourceElsewhere), ErrorKind.NotFound, Name, LocationName.Normalize(Location ?? ""), elsewhere.Location);
        }
    }
}
