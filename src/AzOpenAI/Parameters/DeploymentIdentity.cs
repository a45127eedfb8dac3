using System.Management.Automation;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Parameters;

/// <summary>A deployment as specified by users: the object, its ID, or its name if the resource is known.</summary>
public sealed class DeploymentIdentity : ChildIdentity
{
    /// <summary>From a name or an Azure Resource Manager ID.</summary>
    public DeploymentIdentity(string value)
        : base(ChildRow.Read(value, ChildKind.Deployment), ChildKind.Deployment)
    {
    }

    /// <summary>From the object.</summary>
    public DeploymentIdentity(Deployment deployment)
        : base(new ChildRow(deployment ?? throw new ArgumentNullException(nameof(deployment)), deployment.Name, deployment.ResourceId, null), ChildKind.Deployment)
    {
    }

    /// <summary>From an object of another process, by its ID; or from a row with ResourceGroupName, ResourceName and Name.</summary>
    /// <remarks>Rows are handled here because the engine doesn't bind them by property name if there is a set without pipeline input.</remarks>
    public DeploymentIdentity(PSObject value)
        : base(ChildRow.Read(value, ChildKind.Deployment), ChildKind.Deployment)
    {
    }

    /// <summary>Its name, as the spillover deployment of one of the resource.</summary>
    /// <exception cref="AzOpenAIException">SpilloverInvalid: it belongs to another resource.</exception>
    internal string SpilloverOf(Resource resource, string deployment)
    {
        Check();
        return ResourceId is null || ResourceId.Equals(resource.Id, StringComparison.OrdinalIgnoreCase)
            ? Name
            : throw Failure.Of(nameof(Messages.SpilloverInvalid), ErrorKind.InvalidInput, deployment, Name, "it's a deployment of another resource");
    }
}
