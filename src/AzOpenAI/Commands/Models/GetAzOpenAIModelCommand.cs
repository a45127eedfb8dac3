using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management;
using AzOpenAI.Infrastructure;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>Get-AzOpenAIModel.</summary>
[Cmdlet(VerbsCommon.Get, "AzOpenAIModel", DefaultParameterSetName = ByLocation)]
[OutputType(typeof(Model))]
public sealed class GetAzOpenAIModelCommand : ManagementCmdlet
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
    [Alias("Model")]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(ModelVersionCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Version { get; set; }

    [Parameter]
    public SwitchParameter Available { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (ParameterSetName == ByObject)
        {
            ErrorTarget = Resource.Input;
            ManagementClient client = await GetClientAsync(Resource.SubscriptionId, cancellationToken).ConfigureAwait(false);
            Resource resource = await Resource.ResolveAsync(client, cancellationToken).ConfigureAwait(false);
            await WriteMatchingAsync(client.Models.ListForResourceAsync(resource, cancellationToken), resource.Location, cancellationToken).ConfigureAwait(false);
            return;
        }

        ManagementClient plain = await GetClientAsync(null, cancellationToken).ConfigureAwait(false);
        foreach (string location in await LocationPatterns.ExpandAsync(plain, Location, cancellationToken).ConfigureAwait(false))
        {
            ErrorTarget = location;
            try
            {
                await WriteMatchingAsync(plain.Models.ListAsync(location, cancellationToken), location, cancellationToken).ConfigureAwait(false);
            }
            catch (AzOpenAIException failure)
            {
                // One region that does not answer must not hide the others.
                await WriteErrorAsync(CreateErrorRecord(failure)).ConfigureAwait(false);
            }
        }
    }

    private async Task WriteMatchingAsync(IAsyncEnumerable<Model> models, string location, CancellationToken cancellationToken)
    {
        WildcardPattern name = WildcardPattern.Get(Name ?? "*", WildcardOptions.IgnoreCase);
        WildcardPattern version = WildcardPattern.Get(Version ?? "*", WildcardOptions.IgnoreCase);
        bool found = false;
        await foreach (Model model in models.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (!name.IsMatch(model.Name) || !version.IsMatch(model.Version))
                continue;
            found = true;
            if (!Available || model.IsDeployable)
                await WriteAsync(model).ConfigureAwait(false);
        }

        bool exact = Name is not null && !WildcardPattern.ContainsWildcardCharacters(Name);
        if (!found && exact && ParameterSetName == ByLocation && Location.Length == 1 && !WildcardPattern.ContainsWildcardCharacters(Location[0]))
            throw Failure.Of(nameof(Messages.ModelNotInRegion), ErrorKind.NotFound, Name, location);
    }
}
