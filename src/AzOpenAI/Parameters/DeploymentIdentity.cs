using System.Management.Automation;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Parameters;

/// <summary>A deployment as users name it: the object, its id, or its name where the resource is known.</summary>
public sealed class DeploymentIdentity : ChildIdentity
{
    /// <summary>From a name or an Azure Resource Manager id.</summary>
    public DeploymentIdentity(string value)
        : base(ChildRow.Read(value, ChildKind.Deployment), ChildKind.Deployment)
    {
    }

    /// <summary>From the object.</summary>
    public DeploymentIdentity(Deployment deployment)
        : base(new ChildRow(deployment ?? throw new ArgumentNullException(nameof(deployment)), deployment.Name, deployment.ResourceId, null), ChildKind.Deployment)
    {
    }

    /// <summary>From an object that came out of another process, by its id; or from a row with ResourceGroupName, ResourceName and Name.</summary>
    /// <remarks>Rows are taken here because the engine does not bind them by property name beside a set that takes nothing from the pipeline.</remarks>
    public DeploymentIdentity(PSObject value)
        : base(ChildRow.Read(value, ChildKind.Deployment), ChildKind.Deployment)
    {
    }

    /// <summary>Its name, as the one that a deployment of the resource spills over to.</summary>
    /// <exception cref="AzOpenAIException">SpilloverInvalid: it is another resource's.</exception>
    internal string SpilloverOf(Resource resource, string deployment)
    {
        Check();
        return ResourceId is null || ResourceId.Equals(resource.Id, StringComparison.OrdinalIgnoreCase)
            ? Name
            : throw Failure.Of(nameof(Messages.SpilloverInvalid), ErrorKind.InvalidInput, deployment, Name, "it's a deployment of another resource");
    }
}
