using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Core.Management.Access;

/// <summary>Assigns roles: creates a plan with reads only, then makes the change.</summary>
public sealed class AccessProvisioner(ManagementClient client)
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(15);

    /// <summary>Returns whether the principal already has the role, and what assigning it would change.</summary>
    /// <exception cref="AzOpenAIException">RoleUnknown, PrincipalIdInvalid.</exception>
    public async Task<AccessPlan> PlanAsync(Resource resource, AccessRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArgumentNullException.ThrowIfNull(request);
        AccessRole role = AccessRole.Parse(request.Role);
        request = request with { PrincipalId = AccessOperations.CheckPrincipal(request.PrincipalId) };
        ResourceAccess[] same = [.. (await client.Access.ReadAsync(resource, cancellationToken).ConfigureAwait(false)).Where(a => IsIt(a, role, request))];
        if (same.FirstOrDefault(a => !a.Inherited) is ResourceAccess existing)
            return new AccessPlan(resource, request, role) { Existing = existing };
        if (same.FirstOrDefault() is ResourceAccess above)
            client.Options.Reporter.Verbose($"The principal also has the role '{above.Role}' at '{above.Scope}', which includes the resource.");

        string target = ResourceProvisioner.Target(resource.Name, resource.ResourceGroupName, resource.Location);
        return new AccessPlan(resource, request, role)
        {
            Steps = [new PlannedStep(target, $"Grant '{role.Display}' to {request.PrincipalType} {request.PrincipalId}")],
        };
    }

    /// <summary>Assigns the role. Waits for a principal that the directory doesn't know yet, as long as the caller allows.</summary>
    /// <exception cref="AzOpenAIException">PrincipalNotFound, RoleNotFound, PermissionDenied.</exception>
    public async Task<ResourceAccess> ApplyAsync(AccessPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Existing is not null)
            return plan.Existing with { Changed = false };

        string definition = plan.Role.IdIn(plan.Resource.SubscriptionId);
        Guid name = TemplateGuid.Of(plan.Resource.Id, definition, plan.Request.PrincipalId);
        var body = new RoleAssignmentDto(null, null, new RoleAssignmentPropertiesDto
        {
            RoleDefinitionId = definition,
            PrincipalId = plan.Request.PrincipalId,
            PrincipalType = plan.Request.PrincipalType,
        });
        ArmRequest request = ArmRequest.Put(ArmPath.RoleAssignment(ArmPath.Account(plan.Resource), name.ToString()), ArmApiVersions.Authorization)
            .With(body, AccessJson.Default.RoleAssignmentDto);
        request = request with { Activity = $"Granting access to '{plan.Resource.Name}'" };
        bool changed = await WriteAsync(request, cancellationToken).ConfigureAwait(false);

        // Read again to get the names; a replica that doesn't have it yet isn't a failure.
        ResourceAccess[] now = [.. (await client.Access.ReadAsync(plan.Resource, cancellationToken).ConfigureAwait(false)).Where(a => !a.Inherited && IsIt(a, plan.Role, plan.Request))];
        return (now.FirstOrDefault() ?? Made(plan, definition, name)) with { Changed = changed };
    }

    /// <summary>Returns the principal of the context's token.</summary>
    /// <exception cref="AzOpenAIException">PrincipalUnknown: the token doesn't contain it.</exception>
    public async Task<AccessPrincipal> GetCurrentPrincipalAsync(CancellationToken cancellationToken)
    {
        IssuedToken token = await TokenRequest.GetAsync(
            client.Context.TokenSource, client.Context.Environment.ManagementScope, client.Context.TenantId, null, client.Options, cancellationToken).ConfigureAwait(false);
        if (TokenClaims.Read(token.Value) is { ObjectId: string id } claims)
            return new AccessPrincipal(id, claims.IsApplication ? "ServicePrincipal" : "User");

        // The emulator's dummy token has no claims; every response contains the caller.
        ArmResponse answer = await client.Arm.SendAsync(ArmRequest.Get(ArmPath.Subscription(client.SubscriptionId), ArmApiVersions.Subscriptions), cancellationToken)
            .ConfigureAwait(false);
        return client.Context.Environment.IsEmulator && Caller(answer.Header("x-ms-operation-identifier")) is string caller
            ? new AccessPrincipal(caller, "User")
            : throw Failure.Of(nameof(Messages.PrincipalUnknown), ErrorKind.NotAvailable, client.Context.CredentialSource);
    }

    private static string? Caller(string? identifier)
    {
        const string field = "objectId=";
        int at = identifier?.IndexOf(field, StringComparison.OrdinalIgnoreCase) ?? -1;
        if (at < 0)
            return null;
        string id = identifier![(at + field.Length)..].Split('/', ',')[0];
        return Guid.TryParse(id, out _) ? id : null;
    }

    private static bool IsIt(ResourceAccess access, AccessRole role, AccessRequest request) =>
        role.Is(access.RoleDefinitionId) && access.PrincipalId.Equals(request.PrincipalId, StringComparison.OrdinalIgnoreCase);

    private static ResourceAccess Made(AccessPlan plan, string definition, Guid name) => new()
    {
        Id = $"{plan.Resource.Id}/providers/Microsoft.Authorization/roleAssignments/{name}",
        ResourceId = plan.Resource.Id,
        ResourceName = plan.Resource.Name,
        ResourceGroupName = plan.Resource.ResourceGroupName,
        SubscriptionId = plan.Resource.SubscriptionId,
        Role = plan.Role.Display,
        RoleDefinitionId = definition,
        PrincipalId = plan.Request.PrincipalId,
        PrincipalType = plan.Request.PrincipalType,
        Route = AccessRoute.Unknown,
        Scope = plan.Resource.Id,
    };

    private async Task<bool> WriteAsync(ArmRequest request, CancellationToken cancellationToken)
    {
        OperationBudget budget = client.Arm.NewBudget();
        TimeSpan delay = FirstDelay;
        while (true)
        {
            ArmResponse response = await client.Arm.TrySendAsync(request, budget, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccess)
                return true;
            string? code = ArmErrorBody.Parse(response.Body).Code;
            // Another client assigned it meanwhile, with another ID.
            if (code == "RoleAssignmentExists")
                return false;
            TimeSpan wait = ArmDelay.Next(response, client.Options.Clock, delay);
            if (code != "PrincipalNotFound" || !budget.Allows(wait))
                throw ArmErrors.FromAnswer(response, client.Context);

            await RetryWait.WaitAsync(client.Options, wait, request.Activity!, "the principal isn't available in the directory yet (PrincipalNotFound)", cancellationToken)
                .ConfigureAwait(false);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }
}
