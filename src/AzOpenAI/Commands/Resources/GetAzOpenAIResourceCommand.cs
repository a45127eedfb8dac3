using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management;
using AzOpenAI.Infrastructure;

namespace AzOpenAI.Commands;

/// <summary>Get-AzOpenAIResource.</summary>
[Cmdlet(VerbsCommon.Get, "AzOpenAIResource")]
[OutputType(typeof(Resource))]
public sealed class GetAzOpenAIResourceCommand : ManagementCmdlet
{
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("ResourceName")]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ResourceGroupName { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ErrorTarget = Name ?? ResourceGroupName;
        ManagementClient client = await GetClientAsync(null, cancellationToken).ConfigureAwait(false);
        bool exact = Name is not null && !WildcardPattern.ContainsWildcardCharacters(Name);
        if (exact && ResourceGroupName is not null)
        {
            await WriteAsync(await client.Resources.GetAsync(ResourceGroupName, Name!, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            return;
        }

        WildcardPattern pattern = WildcardPattern.Get(Name ?? "*", WildcardOptions.IgnoreCase);
        bool found = false;
        await foreach (Resource resource in client.Resources.ListAsync(ResourceGroupName, cancellationToken).ConfigureAwait(false))
        {
            if (!pattern.IsMatch(resource.Name))
                continue;
            found = true;
            await WriteAsync(resource).ConfigureAwait(false);
        }

        if (exact && !found)
            await WriteAsync(await client.Resources.FindByNameAsync(Name!, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
    }
}
