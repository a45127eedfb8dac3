using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.ContentFilters;

/// <summary>Adds the operations on content filters to a client.</summary>
public static class ContentFilterClientExtensions
{
    extension(ManagementClient client)
    {
        /// <summary>Content filters.</summary>
        public ContentFilterOperations ContentFilters => new(client);
    }
}
