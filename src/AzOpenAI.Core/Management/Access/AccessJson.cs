using System.Text.Json;
using System.Text.Json.Serialization;

namespace AzOpenAI.Core.Management.Access;

internal sealed record RoleAssignmentDto(string? Id, string? Name, RoleAssignmentPropertiesDto? Properties);

internal sealed record RoleAssignmentPropertiesDto
{
    public string? RoleDefinitionId { get; init; }

    public string? PrincipalId { get; init; }

    public string? PrincipalType { get; init; }

    public string? Scope { get; init; }

    public string? Condition { get; init; }

    public string? Description { get; init; }

    public string? CreatedOn { get; init; }
}

internal sealed record RoleDefinitionDto(string? Id, string? Name, RoleDefinitionPropertiesDto? Properties);

internal sealed record RoleDefinitionPropertiesDto(string? RoleName, RolePermissionDto[]? Permissions);

internal sealed record RolePermissionDto(string[]? Actions, string[]? NotActions, string[]? DataActions, string[]? NotDataActions);

[JsonSerializable(typeof(RoleAssignmentDto))]
[JsonSerializable(typeof(RoleDefinitionDto))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class AccessJson : JsonSerializerContext;
