using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Usages;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>Get-AzOpenAIUsage.</summary>
[Cmdlet(VerbsCommon.Get, "AzOpenAIUsage", DefaultParameterSetName = ByLocation)]
[OutputType(typeof(Usage))]
public sealed class GetAzOpenAIUsageCommand : ManagementCmdlet
{
    private const string ByLocation = "Location";
    private const string ByObject = "Resource";

    [Parameter(Position = 0, Mandatory = true, ParameterSetName = ByLocation)]
    [ArgumentCompleter(typeof(LocationCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Location { get; set; } = null!;

    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ByObject)]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    public ResourceIdentity Resource { get; set; } = null!;

    [Parameter(Position = 1)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(SkuCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Sku { get; set; }

    private protected override IReadOnlyList<string> Targets => [nameof(Resource)];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (ParameterSetName == ByObject)
        {
            ErrorTarget = Resource.Input;
            (ManagementClient client, Resource resource) = await OpenAsync(Resource, cancellationToken).ConfigureAwait(false);
            await WriteMatchingAsync(await client.Usages.ListJoinedAsync(resource.Location, resource.Kind, cancellationToken).ConfigureAwait(false), resource.Location)
                .ConfigureAwait(false);
            return;
        }

        ErrorTarget = Location.Length == 1 ? Location[0] : Location;
        ManagementClient plain = await GetClientAsync(null, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> locations = await LocationPatterns.ExpandAsync(plain, Location, cancellationToken).ConfigureAwait(false);
        await foreach ((string location, IReadOnlyList<Usage> rows, AzOpenAIException? failure) in plain.Usages.ListManyAsync(locations, cancellationToken).ConfigureAwait(false))
        {
            ErrorTarget = location;
            try
            {
                if (failure is not null)
                    throw failure;
                await WriteMatchingAsync(rows, location).ConfigureAwait(false);
            }
            catch (AzOpenAIException known)
            {
                // A region that fails must not hide the others.
                await WriteErrorAsync(CreateErrorRecord(known)).ConfigureAwait(false);
            }
        }
    }

    private async Task WriteMatchingAsync(IReadOnlyList<Usage> rows, string location)
    {
        WildcardPattern name = WildcardPattern.Get(Name ?? "*", WildcardOptions.IgnoreCase);
        WildcardPattern model = WildcardPattern.Get(Model ?? "*", WildcardOptions.IgnoreCase);
        WildcardPattern sku = WildcardPattern.Get(Sku ?? "*", WildcardOptions.IgnoreCase);
        bool named = false;
        bool offered = false;
        foreach (Usage usage in rows)
        {
            bool ofModel = Model is null || usage.Models.Any(model.IsMatch);
            named |= name.IsMatch(usage.Name);
            offered |= ofModel;
            if (name.IsMatch(usage.Name) && ofModel && (Sku is null || (usage.Sku ?? "").Split(", ").Any(sku.IsMatch)))
                await WriteAsync(usage).ConfigureAwait(false);
        }

        // With many regions, a name that one of them doesn't have isn't an error.
        bool one = ParameterSetName == ByObject || (Location.Length == 1 && !WildcardPattern.ContainsWildcardCharacters(Location[0]));
        if (one && !named && Name is not null && !WildcardPattern.ContainsWildcardCharacters(Name))
            throw UsageOperations.NotFound(Name, location, rows);
        if (one && !offered && Model is not null && !WildcardPattern.ContainsWildcardCharacters(Model))
            throw Failure.Of(nameof(Messages.ModelNotInRegion), ErrorKind.NotFound, Model, location);
    }
}
