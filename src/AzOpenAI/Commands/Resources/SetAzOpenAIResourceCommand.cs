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

/// <summary>Set-AzOpenAIResource.</summary>
[Cmdlet(VerbsCommon.Set, "AzOpenAIResource", SupportsShouldProcess = true, DefaultParameterSetName = ByObject)]
[OutputType(typeof(Resource))]
public sealed class SetAzOpenAIResourceCommand : ManagementCmdlet
{
    private const string ByObject = "Resource";
    private const string ByName = "Name";

    private static readonly string[] Changes =
    [
        nameof(Tag), nameof(PublicNetworkAccess), nameof(AllowedIpRange), nameof(DisableLocalAuth), nameof(IdentityType), nameof(UserAssignedIdentity), nameof(CustomSubdomain),
    ];

    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = ByObject)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public ResourceIdentity Resource { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string ResourceGroupName { get; set; } = null!;

    [Parameter(Mandatory = true, ParameterSetName = ByName)]
    [Alias("ResourceName")]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = null!;

    [Parameter]
    [ValidateNotNull]
    public Hashtable? Tag { get; set; }

    [Parameter]
    [ValidateSet("Enabled", "Disabled")]
    public string? PublicNetworkAccess { get; set; }

    [Parameter]
    [AllowEmptyCollection]
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
    [ValidateNotNullOrEmpty]
    public string? CustomSubdomain { get; set; }

    [Parameter]
    public SwitchParameter NoWait { get; set; }

    private protected override IReadOnlyList<string> Targets => [nameof(Resource), nameof(Name)];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ResourceIdentity identity = ParameterSetName == ByName ? new ResourceIdentity(ResourceGroupName, Name) : Resource;
        ErrorTarget = identity.Input;
        identity.RefusePart(VerbsCommon.Set);
        if (!Array.Exists(Changes, IsBound))
            throw Failure.Of(nameof(Messages.ResourceChangeMissing), ErrorKind.InvalidInput, ErrorTarget);
        (ManagementClient client, Resource resource) = await OpenAsync(identity, cancellationToken).ConfigureAwait(false);

        ResourceProvisioner provisioner = new(client);
        ResourcePlan plan = await provisioner.PlanUpdateAsync(resource, CreateRequest(resource), cancellationToken).ConfigureAwait(false);
        foreach (string warning in plan.Warnings)
            await WriteWarningAsync(warning).ConfigureAwait(false);
        if (plan.Steps.Count > 0 && !await Confirmation.ShouldApplyAsync(this, plan.Steps).ConfigureAwait(false))
            return;

        Resource changed = await provisioner.ApplyAsync(plan, cancellationToken).ConfigureAwait(false);
        Session.Completions.Clear();
        await WriteAsync(changed).ConfigureAwait(false);
    }

    private ResourceRequest CreateRequest(Resource resource) => new()
    {
        ResourceGroupName = resource.ResourceGroupName,
        Name = resource.Name,
        Location = resource.Location,
        Kind = resource.Kind,
        CustomSubdomain = CustomSubdomain,
        Tags = ResourceArguments.Tags(Tag),
        PublicNetworkAccess = PublicNetworkAccess,
        AllowedIpRange = AllowedIpRange,
        DisableLocalAuth = IsBound(nameof(DisableLocalAuth)) ? DisableLocalAuth.ToBool() : null,
        IdentityType = ResourceArguments.IdentityType(IdentityType),
        UserAssignedIdentity = UserAssignedIdentity,
        NoWait = NoWait,
    };
}
