using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Blocklists;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>New-AzOpenAIBlocklist.</summary>
[Cmdlet(VerbsCommon.New, "AzOpenAIBlocklist", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(Blocklist))]
public sealed class NewAzOpenAIBlocklistCommand : ResourceCmdlet
{
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = null!;

    [Parameter]
    public string? Description { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ArmName.CheckBlocklist(Name);
        (ManagementClient client, Resource resource) = await ResolveResourceAsync(cancellationToken).ConfigureAwait(false);
        ErrorTarget = Name;
        await client.Blocklists.CheckCreationAsync(resource, Name, cancellationToken).ConfigureAwait(false);
        PlannedStep step = new($"blocklist '{Name}' of resource '{resource.Name}'", "Create");
        if (!await Confirmation.ShouldApplyAsync(this, [step]).ConfigureAwait(false))
            return;

        Blocklist list = await client.Blocklists.SetAsync(resource, Name, Description, null, cancellationToken).ConfigureAwait(false);
        Session.Completions.Clear();
        await WriteAsync(list).ConfigureAwait(false);
    }
}
