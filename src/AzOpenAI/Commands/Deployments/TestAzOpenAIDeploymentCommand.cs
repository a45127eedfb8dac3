using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Management.Models;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>Test-AzOpenAIDeployment.</summary>
[Cmdlet(VerbsDiagnostic.Test, "AzOpenAIDeployment", DefaultParameterSetName = ByObject)]
[OutputType(typeof(DeploymentCheck), typeof(bool))]
public sealed class TestAzOpenAIDeploymentCommand : ResourceCmdlet
{
    private const string ByLocation = "Location";

    [Parameter(Mandatory = true, ParameterSetName = ByLocation)]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [ValidateNotNullOrEmpty]
    public string Location { get; set; } = null!;

    [Parameter(ParameterSetName = ByLocation)]
    [ValidateSet("OpenAI", "AIServices")]
    public string Kind { get; set; } = "OpenAI";

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string Model { get; set; } = null!;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Format { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(ModelVersionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Version { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(SkuCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Sku { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int Capacity { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int RequestsPerMinute { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int PromptTokens { get; set; }

    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int OutputTokens { get; set; }

    [Parameter(ParameterSetName = ByObject)]
    [Parameter(ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(ContentFilterCompleter))]
    [ValidateNotNull]
    public ContentFilterIdentity? ContentFilter { get; set; }

    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ErrorTarget = ParameterSetName switch { ByObject => Resource.Input, ByName => ResourceName, _ => Location };
        ContentFilter?.Check();
        Workload? workload = CreateWorkload();
        (ManagementClient client, Resource? resource) = ParameterSetName == ByLocation
            ? (await GetClientAsync(null, cancellationToken).ConfigureAwait(false), null)
            : await ResolveResourceAsync(cancellationToken).ConfigureAwait(false);

        DeploymentCheck check = await new DeploymentPreflight(client).CheckAsync(
            new DeploymentCheckRequest
            {
                Resource = resource,
                Location = resource is null ? Location : null,
                Kind = resource is null ? Kind : null,
                Name = Name,
                Model = Model,
                Format = Format,
                Version = Version,
                Sku = Sku,
                Capacity = IsBound(nameof(Capacity)) ? Capacity : null,
                Workload = workload,
                ContentFilter = resource is null ? null : ContentFilter?.NameOn(resource),
            },
            cancellationToken).ConfigureAwait(false);
        await WriteAsync(Quiet ? check.Passed : check).ConfigureAwait(false);
    }

    private Workload? CreateWorkload()
    {
        string[] parts = [nameof(RequestsPerMinute), nameof(PromptTokens), nameof(OutputTokens)];
        string[] missing = [.. parts.Where(part => !IsBound(part))];
        if (missing.Length == parts.Length)
            return null;
        if (missing.Length > 0)
            throw Failure.Of(nameof(Messages.WorkloadIncomplete), ErrorKind.InvalidInput, string.Join(", ", missing.Select(part => $"-{part}")));
        return new Workload(RequestsPerMinute, PromptTokens, OutputTokens);
    }
}
