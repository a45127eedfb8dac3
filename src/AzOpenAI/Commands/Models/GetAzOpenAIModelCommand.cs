using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Models;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>Get-AzOpenAIModel.</summary>
[Cmdlet(VerbsCommon.Get, "AzOpenAIModel", DefaultParameterSetName = ByLocation)]
[OutputType(typeof(Model))]
public sealed class GetAzOpenAIModelCommand : ManagementCmdlet
{
    private const string ByLocation = "Location";
    private const string ByObject = "Resource";
    private const int Parallelism = 8;

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

    private protected override IReadOnlyList<string> Targets => [nameof(Resource)];

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        if (ParameterSetName == ByObject)
        {
            ErrorTarget = Resource.Input;
            (ManagementClient client, Resource resource) = await OpenAsync(Resource, cancellationToken).ConfigureAwait(false);
            List<Model> models = [];
            await foreach (Model model in client.Models.ListForResourceAsync(resource, cancellationToken).ConfigureAwait(false))
                models.Add(model);
            await WriteMatchingAsync(models, resource.Location).ConfigureAwait(false);
            return;
        }

        ManagementClient plain = await GetClientAsync(null, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> locations = await LocationPatterns.ExpandAsync(plain, Location, cancellationToken).ConfigureAwait(false);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Queue<Task<List<Model>>> running = [];
        try
        {
            for (int next = 0, done = 0; done < locations.Count; done++)
            {
                while (next < locations.Count && running.Count < Parallelism)
                    running.Enqueue(ReadAsync(plain, locations[next++], stop.Token));
                await WriteRegionAsync(running.Dequeue(), locations[done]).ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<List<Model>> ReadAsync(ManagementClient client, string location, CancellationToken cancellationToken)
    {
        List<Model> models = [];
        await foreach (Model model in client.Models.ListAsync(location, cancellationToken).ConfigureAwait(false))
            models.Add(model);
        return models;
    }

    private async Task WriteRegionAsync(Task<List<Model>> reading, string location)
    {
        ErrorTarget = location;
        try
        {
            await WriteMatchingAsync(await reading.ConfigureAwait(false), location).ConfigureAwait(false);
        }
        catch (AzOpenAIException failure)
        {
            // A region that fails must not hide the others.
            await WriteErrorAsync(CreateErrorRecord(failure)).ConfigureAwait(false);
        }
    }

    private async Task WriteMatchingAsync(IReadOnlyList<Model> models, string location)
    {
        WildcardPattern name = WildcardPattern.Get(Name ?? "*", WildcardOptions.IgnoreCase);
        WildcardPattern version = WildcardPattern.Get(Version ?? "*", WildcardOptions.IgnoreCase);
        bool found = false;
        foreach (Model model in models)
        {
            if (!name.IsMatch(model.Name) || !version.IsMatch(model.Version))
                continue;
            found = true;
            if (!Available || model.IsDeployable)
                await WriteAsync(model).ConfigureAwait(false);
        }

        bool exact = Name is not null && !WildcardPattern.ContainsWildcardCharacters(Name);
        bool one = ParameterSetName == ByObject || (Location.Length == 1 && !WildcardPattern.ContainsWildcardCharacters(Location[0]));
        if (!found && exact && one)
            throw Failure.Of(nameof(Messages.ModelNotInRegion), ErrorKind.NotFound, Name, location);
    }
}
