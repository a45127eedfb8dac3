namespace AzOpenAI.Core.Management.Access;

/// <summary>The role to assign to a principal on a resource.</summary>
/// <param name="Role">User or Contributor (of Cognitive Services OpenAI), a role's full name, its GUID or its ID.</param>
/// <param name="PrincipalId">Object ID, a GUID.</param>
/// <param name="PrincipalType">User, Group or ServicePrincipal.</param>
public sealed record AccessRequest(string Role, string PrincipalId, string PrincipalType);
