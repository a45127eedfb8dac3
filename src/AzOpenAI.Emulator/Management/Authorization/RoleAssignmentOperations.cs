using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management.Authorization;

/// <summary>Role assignments at a subscription, a resource group or an account.</summary>
internal static class RoleAssignmentOperations
{
    private const string Type = "Microsoft.Authorization/roleAssignments";

    private static readonly string[] PrincipalTypes =
        ["User", "Group", "ServicePrincipal", "ForeignGroup", "Device", "AgentUser", "AgentServicePrincipal"];

    public static void Map(RouteTable<ArmRoute> routes)
    {
        foreach (string scope in AuthorizationScope.Templates)
        {
            string list = $"{scope}/providers/{Type}";
            string item = list + "/{assignment}";
            routes.Add("GET", list, new ArmRoute(Type + "/read", List));
            routes.Add("GET", item, new ArmRoute(Type + "/read", r => Reply.Ok(ToJson(r, Find(r) ?? throw UnverifiedArmErrors.RoleAssignmentNotFound(r["assignment"])))));
            routes.Add("PUT", item, new ArmRoute(Type + "/write", Put) { IsWrite = true });
            routes.Add("DELETE", item, new ArmRoute(Type + "/delete", Delete) { IsWrite = true });
        }
    }

    private static Reply List(ArmRequest request)
    {
        Func<RoleAssignmentState, bool> filter = RoleAssignmentFilter.Parse(request.Exchange.Query("$filter"), AuthorizationScope.Of(request));
        return Paging.Page(request, request.Subscription.RoleAssignments.Where(filter).Select(a => ToJson(request, a)));
    }

    private static Reply Put(ArmRequest request)
    {
        RoleAssignmentState wanted = Read(request);
        List<RoleAssignmentState> all = request.Subscription.RoleAssignments;
        if (Find(request) is { } existing)
        {
            if (!existing.IsSame(wanted))
            {
                throw UnverifiedArmErrors.RoleAssignmentUpdateNotPermitted();
            }

            existing.Description = wanted.Description;
            existing.Condition = wanted.Condition;
            existing.ConditionVersion = wanted.ConditionVersion;
            existing.UpdatedOn = request.Now;
            return Reply.Ok(ToJson(request, existing));
        }

        if (all.FirstOrDefault(wanted.IsSame) is { } other)
        {
            throw ArmErrors.RoleAssignmentExists(other.Name);
        }

        all.Add(wanted);
        return new Reply { Status = 201, Body = ToJson(request, wanted) };
    }

    private static Reply Delete(ArmRequest request)
    {
        if (Find(request) is not { } assignment)
        {
            return new Reply { Status = 204 };
        }

        request.Subscription.RoleAssignments.Remove(assignment);
        return Reply.Ok(ToJson(request, assignment));
    }

    private static RoleAssignmentState? Find(ArmRequest request)
    {
        string scope = AuthorizationScope.Of(request);
        return request.Subscription.RoleAssignments.FirstOrDefault(a =>
            a.Name.Equals(request["assignment"], StringComparison.OrdinalIgnoreCase) && a.Scope.Equals(scope, StringComparison.OrdinalIgnoreCase));
    }

    private static RoleAssignmentState Read(ArmRequest request)
    {
        string name = request["assignment"];
        JsonObject properties = request.Body["properties"] as JsonObject ?? [];
        string role = ArmRequest.Text(properties["roleDefinitionId"]) ?? throw UnverifiedArmErrors.InvalidRoleAssignment("'roleDefinitionId' is missing");
        string principal = ArmRequest.Text(properties["principalId"]) ?? throw UnverifiedArmErrors.InvalidRoleAssignment("'principalId' is missing");
        string type = ArmRequest.Text(properties["principalType"]) ?? "User";
        if (!Guid.TryParse(name, out _))
        {
            throw UnverifiedArmErrors.InvalidRoleAssignment($"the name '{name}' isn't a GUID");
        }

        if (!Guid.TryParse(principal, out _) || !PrincipalTypes.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            throw UnverifiedArmErrors.InvalidRoleAssignment($"the principal '{principal}' of type '{type}' is not valid");
        }

        RoleDefinition definition = BuiltInRoles.Find(role) ?? throw UnverifiedArmErrors.RoleDefinitionNotFound(role);
        RefuseWhileUnknown(request, principal);
        return new RoleAssignmentState
        {
            Name = name,
            Scope = AuthorizationScope.Of(request),
            Role = definition.Guid,
            PrincipalId = principal,
            PrincipalType = type,
            Description = ArmRequest.Text(properties["description"]),
            Condition = ArmRequest.Text(properties["condition"]),
            ConditionVersion = ArmRequest.Text(properties["conditionVersion"]),
            CreatedOn = request.Now,
            UpdatedOn = request.Now,
        };
    }

    /// <summary>A new principal isn't in every replica of the directory yet. The time starts with its first assignment.</summary>
    private static void RefuseWhileUnknown(ArmRequest request, string principal)
    {
        TimeSpan unknownFor = request.Emulation.Settings.PrincipalNotFound;
        if (unknownFor <= TimeSpan.Zero)
        {
            return;
        }

        TimeSpan now = request.Emulation.Clock.Uptime;
        if (!request.Subscription.PrincipalsSeen.TryGetValue(principal, out TimeSpan first))
        {
            request.Subscription.PrincipalsSeen[principal] = first = now;
        }

        if (now < first + unknownFor)
        {
            throw ArmErrors.PrincipalNotFound(principal);
        }
    }

    private static JsonObject ToJson(ArmRequest request, RoleAssignmentState assignment)
    {
        JsonObject properties = new()
        {
            ["roleDefinitionId"] = RoleDefinition.Id(request.Subscription.Id, assignment.Role),
            ["principalId"] = assignment.PrincipalId,
            ["principalType"] = assignment.PrincipalType,
            ["scope"] = assignment.Scope,
            ["condition"] = assignment.Condition,
            ["conditionVersion"] = assignment.ConditionVersion,
            ["createdOn"] = SystemData.Text(assignment.CreatedOn),
            ["updatedOn"] = SystemData.Text(assignment.UpdatedOn),
            ["createdBy"] = AzureState.ObjectId,
            ["updatedBy"] = AzureState.ObjectId,
            ["delegatedManagedIdentityResourceId"] = null,
            ["description"] = assignment.Description,
        };
        return new JsonObject
        {
            ["properties"] = properties,
            ["id"] = $"{assignment.Scope}/providers/{Type}/{assignment.Name}",
            ["type"] = Type,
            ["name"] = assignment.Name,
        };
    }
}
