using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Requests;

/// <summary>Adds the operations on requests that no other operation makes to a client.</summary>
public static class RequestClientExtensions
{
    extension(ManagementClient client)
    {
        /// <summary>Any other request.</summary>
        public RequestOperations Requests => new(client);
    }
}
