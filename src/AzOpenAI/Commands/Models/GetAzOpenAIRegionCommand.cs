using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Regions;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>Get-AzOpenAIRegion.</summary>
[Cmdlet(VerbsCommon.Get, "AzOpenAIRegion")]
[OutputType(typeof(RegionAvailability))]
public sealed class GetAzOpenAIRegionCommand : ManagementCmdlet
{
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

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
    [ValidateRange(1, int.MaxValue)]
    public int Capacity { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Location { get; set; }

    [Parameter]
    [ValidateSet("OpenAI", "AIServices")]
    public string Kind { get; set; } = "OpenAI";

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ErrorTarget = Model;
        if (Model is null && Array.Find([nameof(Version), nameof(Sku), nameof(Capacity)], IsBound) is string lonely)
            throw Failure.Of(nameof(Messages.ModelMissing), ErrorKind.InvalidInput, lonely);
        ManagementClient client = await GetClientAsync(null, cancellationToken).ConfigureAwait(false);
        RegionQuery query = new()
        {
            Model = Model,
            Format = Format,
            Version = Version,
            Sku = Sku,
            Capacity = IsBound(nameof(Capacity)) ? Capacity : null,
            Kind = Kind,
            Locations = Location is null ? null : await LocationPatterns.ExpandAsync(client, Location, cancellationToken).ConfigureAwait(false),
        };
        await foreach (RegionAvailability region in new RegionSearch(client).SearchAsync(query, cancellationToken).ConfigureAwait(false))
            await WriteAsync(region).ConfigureAwait(false);
    }
}
