using System.Management.Automation;
using System.Net;
using System.Security;
using AzOpenAI.Cmdlets;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Commands;

/// <summary>Get-AzOpenAIKey.</summary>
[Cmdlet(VerbsCommon.Get, "AzOpenAIKey", DefaultParameterSetName = ByObject)]
[OutputType(typeof(ResourceKey), typeof(PlainTextResourceKey))]
public sealed class GetAzOpenAIKeyCommand : ResourceCmdlet
{
    private readonly Dictionary<string, ResourceKey> _seen = new(StringComparer.OrdinalIgnoreCase);

    [Parameter]
    public SwitchParameter AsPlainText { get; set; }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        string? deployment = ParameterSetName == ByObject ? Resource.DeploymentName : null;
        // Several deployments of one account have the same keys: the account and its keys are read once.
        string named = ParameterSetName == ByObject ? Resource.Key : $"{ResourceGroupName}/{ResourceName}";
        if (!_seen.TryGetValue(named, out ResourceKey? key))
        {
            (ManagementClient client, Resource resource) = await ResolveResourceAsync(cancellationToken).ConfigureAwait(false);
            if (!_seen.TryGetValue(resource.Id, out key))
                key = await client.Resources.GetKeysAsync(resource, null, cancellationToken).ConfigureAwait(false);
            _seen[resource.Id] = key;
            _seen[named] = key;
        }

        key = key with { Deployment = deployment };
        await WriteAsync(AsPlainText ? InPlainText(key) : key).ConfigureAwait(false);
    }

    private static PlainTextResourceKey InPlainText(ResourceKey key) => new()
    {
        ResourceName = key.ResourceName,
        Endpoint = key.Endpoint,
        ClassicEndpoint = key.ClassicEndpoint,
        Key1 = Reveal(key.Key1),
        Key2 = Reveal(key.Key2),
        Deployment = key.Deployment,
    };

    private static string? Reveal(SecureString? secret) => secret is null ? null : new NetworkCredential("", secret).Password;
}
