using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Deployments;

/// <summary>Adds the operations on deployments to a client.</summary>
public static class DeploymentClientExtensions
{
    extension(ManagementClient client)
    {
        /// <summary>Deployments.</summary>
        public DeploymentOperations Deployments => new(client);

        /// <summary>Retirement dates that this client and those created from it have read.</summary>
        internal RetirementIndex Retirements => client.Shared<RetirementIndex>();
    }
}
