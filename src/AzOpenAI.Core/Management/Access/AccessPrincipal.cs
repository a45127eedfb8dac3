namespace AzOpenAI.Core.Management.Access;

/// <summary>Somebody who can have a role.</summary>
/// <param name="Id">Object id, a GUID.</param>
/// <param name="Type">User or ServicePrincipal.</param>
public sealed record AccessPrincipal(string Id, string Type);
