using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Completers;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;
using AzOpenAI.Parameters;

namespace AzOpenAI.Commands;

/// <summary>Get-AzOpenAIResource.</summary>
[Cmdlet(VerbsCommon.Get, "AzOpenAIResource")]
[OutputType(typeof(Resource))]
public sealed class GetAzOpenAIResourceCommand : ManagementCmdlet
{
    [Parameter(Position = 0)]
    [Alias("ResourceName")]
    [ArgumentCompleter(typeof(ResourceCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(ResourceGroupCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ResourceGroupName { get; set; }

    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        string? name = Name;
        string? group = ResourceGroupName;
        ErrorTarget = name ?? group ?? InputObject;
        if (InputObject is not null)
        {
            // Input that identifies a resource is used directly; a group or a name is used like the parameters.
            if (Name is null && ResourceGroupName is null && FindIdentity(InputObject) is { } identity)
            {
                ErrorTarget = identity.Input;
                await WriteAsync((await OpenAsync(identity, cancellationToken).ConfigureAwait(false)).Resource).ConfigureAwait(false);
                return;
            }

            name ??= InputObject.BaseObject as string ?? PropertyText.Of(InputObject, "ResourceName") ?? PropertyText.Of(InputObject, "Name");
            group ??= InputObject.BaseObject is string ? null : PropertyText.Of(InputObject, "ResourceGroupName");
            if (name is null && group is null)
                throw Failure.Of(nameof(Messages.ResourceInputInvalid), ErrorKind.InvalidInput, InputObject.BaseObject.GetType().Name);
            ErrorTarget = name ?? group;
        }

        await WriteMatchingAsync(name, group, cancellationToken).ConfigureAwait(false);
    }

    // A piped resource is read again, not passed through.
    private static ResourceIdentity? FindIdentity(PSObject input) => input.BaseObject switch
    {
        string text => text.StartsWith('/') ? new ResourceIdentity(text) : null,
        Resource resource => new ResourceIdentity(resource.Id),
        IConnectionSource => LanguagePrimitives.ConvertTo<ResourceIdentity>(input),
        _ when IsOfAccount(input, "Id") || IsOfAccount(input, "ResourceId")
            || (PropertyText.Of(input, "ResourceGroupName") is not null && PropertyText.Of(input, "ResourceName") is not null) => new ResourceIdentity(input),
        _ => null,
    };

    private static bool IsOfAccount(PSObject input, string property) =>
        PropertyText.Of(input, property)?.Contains("/providers/Microsoft.CognitiveServices/accounts/", StringComparison.OrdinalIgnoreCase) is true;

    private async Task WriteMatchingAsync(string? name, string? group, CancellationToken cancellationToken)
    {
        if (name?.StartsWith('/') is true)
        {
            await WriteAsync((await OpenAsync(new ResourceIdentity(name), cancellationToken).ConfigureAwait(false)).Resource).ConfigureAwait(false);
            return;
        }

        bool exact = name is not null && !WildcardPattern.ContainsWildcardCharacters(name);
        if (exact)
            ArmName.CheckResource(name!);
        if (group is not null)
            ArmName.CheckResourceGroup(group);
        ManagementClient client = await GetClientAsync(null, cancellationToken).ConfigureAwait(false);
        if (exact && group is not null)
        {
            await WriteAsync(await client.Resources.GetAsync(group, name!, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            return;
        }

        WildcardPattern pattern = WildcardPattern.Get(name ?? "*", WildcardOptions.IgnoreCase);
        List<string> others = [];
        bool found = false;
        await foreach (Resource resource in client.Resources.ListAsync(group, cancellationToken).ConfigureAwait(false))
        {
            if (!pattern.IsMatch(resource.Name))
            {
                others.Add(resource.Name);
                continue;
            }

            found = true;
            await WriteAsync(resource).ConfigureAwait(false);
        }

        if (exact && !found)
            throw client.Resources.NotFound(name!, others);
    }
}
