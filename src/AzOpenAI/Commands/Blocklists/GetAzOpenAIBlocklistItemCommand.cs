using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Blocklists;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>Get-AzOpenAIBlocklistItem.</summary>
[Cmdlet(VerbsCommon.Get, "AzOpenAIBlocklistItem")]
[OutputType(typeof(BlocklistItem))]
public sealed class GetAzOpenAIBlocklistItemCommand : BlocklistItemCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(BlocklistCompleter))]
    public BlocklistIdentity Blocklist { get; set; } = null!;

    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    private protected override IReadOnlyList<string> Targets => [nameof(Blocklist)];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ErrorTarget = Blocklist.Input;
        if (Name is not null && !WildcardPattern.ContainsWildcardCharacters(Name))
            ArmName.CheckBlocklistItem(Name);
        (ManagementClient client, Blocklist list) = await ResolveAsync(Blocklist, cancellationToken).ConfigureAwait(false);
        if (Name is not null && !WildcardPattern.ContainsWildcardCharacters(Name))
        {
            ErrorTarget = Name;
            await WriteAsync(await client.BlocklistItems.GetAsync(list, Name, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            return;
        }

        WildcardPattern pattern = WildcardPattern.Get(Name ?? "*", WildcardOptions.IgnoreCase);
        await foreach (BlocklistItem item in client.BlocklistItems.ListAsync(list, cancellationToken).ConfigureAwait(false))
        {
            if (pattern.IsMatch(item.Name))
                await WriteAsync(item).ConfigureAwait(false);
        }
    }
}
