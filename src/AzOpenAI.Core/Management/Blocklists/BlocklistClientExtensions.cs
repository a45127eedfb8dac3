using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Blocklists;

/// <summary>Adds the operations on blocklists to a client.</summary>
public static class BlocklistClientExtensions
{
    extension(ManagementClient client)
    {
        /// <summary>Blocklists.</summary>
        public BlocklistOperations Blocklists => new(client);

        /// <summary>Items of blocklists.</summary>
        public BlocklistItemOperations BlocklistItems => new(client);
    }
}
