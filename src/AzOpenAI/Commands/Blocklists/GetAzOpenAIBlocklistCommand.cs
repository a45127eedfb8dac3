using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Blocklists;

namespace AzOpenAI.Commands;

/// <summary>Get-AzOpenAIBlocklist.</summary>
[Cmdlet(VerbsCommon.Get, "AzOpenAIBlocklist", DefaultParameterSetName = ByObject)]
[OutputType(typeof(Blocklist))]
public sealed class GetAzOpenAIBlocklistCommand : ResourceCmdlet
{
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(BlocklistCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (Name is not null && !WildcardPattern.ContainsWildcardCharacters(Name))
            ArmName.CheckBlocklist(Name);
        (ManagementClient client, Resource resource) = await ResolveResourceAsync(cancellationToken).ConfigureAwait(false);
        string? name = Name ?? (ParameterSetName == ByObject && Resource.Part is { Kind: "Blocklist" } part ? part.Name : null);
        if (name is not null && !WildcardPattern.ContainsWildcardCharacters(name))
        {
            await WriteAsync(await client.Blocklists.GetAsync(resource, name, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            return;
        }

        WildcardPattern pattern = WildcardPattern.Get(name ?? "*", WildcardOptions.IgnoreCase);
        await foreach (Blocklist list in client.Blocklists.ListAsync(resource, cancellationToken).ConfigureAwait(false))
        {
            if (pattern.IsMatch(list.Name))
                await WriteAsync(list).ConfigureAwait(false);
        }
    }
}
