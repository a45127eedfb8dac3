namespace AzOpenAI.Core.Management.Access;

/// <summary>A principal that can have a role.</summary>
/// <param name="Id">Object ID, a GUID.</param>
/// <param name="Type">User or ServicePrincipal.</param>
public sealed record AccessPrincipal(string Id, string Type);
