namespace AzOpenAI.Core.Management.Access;

/// <summary>The role that a principal is to have on a resource.</summary>
/// <param name="Role">User or Contributor (of Cognitive Services OpenAI), a role's full name, its GUID or its id.</param>
/// <param name="PrincipalId">Object id, a GUID.</param>
/// <param name="PrincipalType">User, Group or ServicePrincipal.</param>
public sealed record AccessRequest(string Role, string PrincipalId, string PrincipalType);
