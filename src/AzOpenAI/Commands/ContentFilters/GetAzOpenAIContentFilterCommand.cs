using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.ContentFilters;
using AzOpenAI.Core.Management.Deployments;

namespace AzOpenAI.Commands;

/// <summary>Get-AzOpenAIContentFilter.</summary>
[Cmdlet(VerbsCommon.Get, "AzOpenAIContentFilter", DefaultParameterSetName = ByObject)]
[OutputType(typeof(ContentFilter))]
public sealed class GetAzOpenAIContentFilterCommand : ResourceCmdlet
{
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(ContentFilterCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (Name is not null && !WildcardPattern.ContainsWildcardCharacters(Name))
            ArmName.CheckContentFilter(Name);
        (ManagementClient client, Resource resource) = await ResolveResourceAsync(cancellationToken).ConfigureAwait(false);
        string? name = Name;
        if (name is null && ParameterSetName == ByObject && Resource.Part is { } part)
        {
            name = part.Kind == "ContentFilter" ? part.Name : null;
            if (part is { Kind: "Deployment", Name: string deployment })
            {
                name = (Resource.Input as Deployment ?? await client.Deployments.GetAsync(resource, deployment, cancellationToken).ConfigureAwait(false)).ContentFilter;
                if (string.IsNullOrEmpty(name))
                {
                    await WriteVerboseAsync($"Deployment '{deployment}' doesn't have its own content filter.").ConfigureAwait(false);
                    return;
                }
            }
        }

        if (name is not null && !WildcardPattern.ContainsWildcardCharacters(name))
        {
            await WriteAsync(await client.ContentFilters.GetAsync(resource, name, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            return;
        }

        WildcardPattern pattern = WildcardPattern.Get(name ?? "*", WildcardOptions.IgnoreCase);
        await foreach (ContentFilter filter in client.ContentFilters.ListAsync(resource, cancellationToken).ConfigureAwait(false))
        {
            if (pattern.IsMatch(filter.Name))
                await WriteAsync(filter).ConfigureAwait(false);
        }
    }
}
