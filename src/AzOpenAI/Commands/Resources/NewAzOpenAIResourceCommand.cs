using System.Collections;
using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;
using AzOpenAI.Parameters;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>New-AzOpenAIResource.</summary>
[Cmdlet(VerbsCommon.New, "AzOpenAIResource", SupportsShouldProcess = true)]
[OutputType(typeof(Resource))]
public sealed class NewAzOpenAIResourceCommand : ManagementCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceGroupName { get; set; } = null!;

    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = null!;

    [Parameter(Mandatory = true, Position = 2)]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string Location { get; set; } = null!;

    [Parameter]
    [ValidateSet("OpenAI", "AIServices")]
    public string? Kind { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CustomSubdomain { get; set; }

    [Parameter]
    public Hashtable? Tag { get; set; }

    [Parameter]
    [ValidateSet("Enabled", "Disabled")]
    public string? PublicNetworkAccess { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? AllowedIpRange { get; set; }

    [Parameter]
    public SwitchParameter DisableLocalAuth { get; set; }

    [Parameter]
    [ValidateSet("None", "SystemAssigned", "UserAssigned")]
    public string[]? IdentityType { get; set; }

    [Parameter]
    [AllowEmptyCollection]
    public string[]? UserAssignedIdentity { get; set; }

    [Parameter]
    public SwitchParameter CreateResourceGroup { get; set; }

    [Parameter]
    public SwitchParameter RegisterProvider { get; set; }

    [Parameter]
    public SwitchParameter Ensure { get; set; }

    [Parameter]
    public SwitchParameter RestoreDeleted { get; set; }

    [Parameter]
    public SwitchParameter PurgeDeleted { get; set; }

    [Parameter]
    public SwitchParameter NoWait { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ErrorTarget = Name;
        if (RestoreDeleted && PurgeDeleted)
            throw Failure.Of(nameof(Messages.ParameterConflict), ErrorKind.InvalidInput, $"-{nameof(RestoreDeleted)}", $"-{nameof(PurgeDeleted)}");
        ArmName.CheckResource(Name);
        ArmName.CheckResourceGroup(ResourceGroupName);
        ManagementClient client = await GetClientAsync(null, cancellationToken).ConfigureAwait(false);
        ResourceProvisioner provisioner = new(client);
        ResourcePlan plan = await provisioner.PlanAsync(CreateRequest(), cancellationToken).ConfigureAwait(false);
        foreach (string warning in plan.Warnings)
            await WriteWarningAsync(warning).ConfigureAwait(false);
        if (plan.Steps.Count > 0 && !await Confirmation.ShouldApplyAsync(this, plan.Steps).ConfigureAwait(false))
            return;

        Resource resource = await provisioner.ApplyAsync(plan, cancellationToken).ConfigureAwait(false);
        Session.Completions.Clear();
        await WriteAsync(resource).ConfigureAwait(false);
    }

    private ResourceRequest CreateRequest() => new()
    {
        ResourceGroupName = ResourceGroupName,
        Name = Name,
        Location = Location,
        Kind = Kind,
        CustomSubdomain = CustomSubdomain,
        Tags = ResourceArguments.Tags(Tag),
        PublicNetworkAccess = PublicNetworkAccess,
        AllowedIpRange = AllowedIpRange,
        DisableLocalAuth = IsBound(nameof(DisableLocalAuth)) ? DisableLocalAuth.ToBool() : null,
        IdentityType = ResourceArguments.IdentityType(IdentityType),
        UserAssignedIdentity = UserAssignedIdentity,
        CreateResourceGroup = CreateResourceGroup,
        RegisterProvider = RegisterProvider,
        Ensure = Ensure,
        RestoreDeleted = RestoreDeleted,
        PurgeDeleted = PurgeDeleted,
        NoWait = NoWait,
    };
}
