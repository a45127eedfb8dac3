using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Requests;

/// <summary>Adds the operations for raw requests to a client.</summary>
public static class RequestClientExtensions
{
    extension(ManagementClient client)
    {
        /// <summary>Raw requests.</summary>
        public RequestOperations Requests => new(client);
    }
}
