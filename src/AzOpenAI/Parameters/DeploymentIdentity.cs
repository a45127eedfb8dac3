using System.Management.Automation;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Parameters;

/// <summary>A deployment as users name it: the object or its id. A bare name is not enough: it needs its resource.</summary>
public sealed class DeploymentIdentity
{
    /// <summary>From an Azure Resource Manager id.</summary>
    public DeploymentIdentity(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Input = value;
        Name = ResourceIds.DeploymentPart(value) ?? throw Failure.Of(nameof(Messages.DeploymentIdInvalid), ErrorKind.InvalidInput, value);
        Resource = new ResourceIdentity(ResourceIds.ResourcePart(value));
        SubscriptionId = ResourceIds.SubscriptionPart(value);
    }

    /// <summary>From the object.</summary>
    public DeploymentIdentity(Deployment deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        Input = deployment;
        Name = deployment.Name;
        Resource = new ResourceIdentity(deployment);
        SubscriptionId = deployment.SubscriptionId;
    }

    /// <summary>From an object that came out of another process, by its id; or from a row with ResourceGroupName, ResourceName and Name.</summary>
    /// <remarks>Rows are taken here because the engine does not bind them by property name beside a set that takes nothing from the pipeline.</remarks>
    public DeploymentIdentity(PSObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (Text(value, "Id") is string id && ResourceIds.DeploymentPart(id) is string name)
        {
            Input = id;
            Name = name;
            Resource = new ResourceIdentity(ResourceIds.ResourcePart(id));
            SubscriptionId = ResourceIds.SubscriptionPart(id);
            return;
        }

        if (Text(value, "ResourceGroupName") is not string group || Text(value, "ResourceName") is not string resource || Text(value, "Name") is not string row)
            throw new ArgumentException("The object is no deployment: it has neither its Id nor ResourceGroupName, ResourceName and Name.", nameof(value));
        Input = row;
        Name = row;
        Resource = new ResourceIdentity(group, resource);
        SubscriptionId = Text(value, "SubscriptionId");
    }

    /// <summary>What the user passed, for error records.</summary>
    public object Input { get; }

    /// <summary>Name of the deployment.</summary>
    public string Name { get; }

    /// <summary>Its resource.</summary>
    public ResourceIdentity Resource { get; }

    /// <summary>The subscription that the object brought along.</summary>
    public string? SubscriptionId { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string? Text(PSObject value, string property) => value.Properties[property]?.Value?.ToString() is { Length: > 0 } text ? text : null;
}
