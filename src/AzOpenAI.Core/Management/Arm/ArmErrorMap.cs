using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>Maps the service's codes to ErrorIds. An unknown code becomes ServiceError, with all details.</summary>
internal static class ArmErrorMap
{
    public static (string ErrorId, ErrorKind Kind, object?[] Arguments) Map(ArmFailure f) => f.Code switch
    {
        "ResourceNotFound" or "ParentResourceNotFound" or "NotFound" => NotFound(f),
        "DeploymentNotFound" => (nameof(Messages.DeploymentNotFound), ErrorKind.NotFound, [f.Target.Deployment, f.Account]),
        "ResourceGroupNotFound" => (nameof(Messages.ResourceGroupNotFound), ErrorKind.NotFound, [f.Group, f.Subscription]),
        "SubscriptionNotFound" or "InvalidSubscriptionId" => (nameof(Messages.SubscriptionNotFound), ErrorKind.NotFound, [f.Subscription, Tenant(f)]),
        "InvalidAuthenticationTokenTenant" => WrongTenant(f),
        "ExpiredAuthenticationToken" => (nameof(Messages.TokenExpired), ErrorKind.Authentication, ["according to the service"]),
        "AuthorizationFailed" or "LinkedAuthorizationFailed" => PermissionDenied(f),
        "MissingSubscriptionRegistration" => (nameof(Messages.ProviderNotRegistered), ErrorKind.NotAvailable, [f.Subscription]),
        "LocationNotAvailableForResourceType" => Location(f),
        "NoRegisteredProviderFound" when Match2(ArmPatterns.Locations(), f) is (string name, string offered) && !offered.Split(", ").Contains(name) =>
            NoLocation(name, offered),
        "MissingApiVersionParameter" or "NoRegisteredProviderFound" or "InvalidResourceType" or "InvalidApiVersionParameter" =>
            (nameof(Messages.ApiVersionRefused), ErrorKind.NotAvailable, [Short(f.Message)]),
        "ResourceGroupBeingDeleted" => (nameof(Messages.ResourceGroupBeingDeleted), ErrorKind.Busy, [f.Group]),
        "CustomDomainInUse" => (nameof(Messages.SubdomainTaken), ErrorKind.AlreadyExists, [Match(ArmPatterns.Subdomain(), f) ?? f.Account]),
        "FlagMustBeSetForRestore" => (nameof(Messages.ResourceSoftDeleted), ErrorKind.AlreadyExists, [f.Account, f.Group, "up to 48 hours"]),
        "RequestConflict" => (nameof(Messages.ResourceBusy), ErrorKind.Busy, [f.Account]),
        "AccountProvisioningStateInvalid" => (nameof(Messages.ResourceNotReady), ErrorKind.Busy, [f.Account, Match(ArmPatterns.State(), f) ?? "another state", f.Group]),
        "InsufficientQuota" => Quota(f),
        "InvalidResourceProperties" => Properties(f),
        "DeploymentModelNotSupported" => Model(f),
        "ServiceModelDeprecated" => Retired(f, nameof(Messages.ModelRetired)),
        "ServiceModelDeprecating" => Retired(f, nameof(Messages.ModelDeprecating)),
        "SpecialFeatureOrQuotaIdRequired" => Access(f),
        "InvalidApiSetId" or "InvalidSkuId" => (nameof(Messages.KindNotOffered), ErrorKind.NotAvailable, [Sentence(f.Message), f.Target.Location ?? "the region"]),
        "PrincipalNotFound" => (nameof(Messages.PrincipalNotFound), ErrorKind.NotFound, [Principal(f), Tenant(f)]),
        "RoleDefinitionDoesNotExist" => (nameof(Messages.RoleNotFound), ErrorKind.NotFound, [Sentence(f.Message)]),
        "CannotDeleteResource" => (nameof(Messages.ResourceHasChildren), ErrorKind.Busy, [f.Account, Match(ArmPatterns.Children(), f) ?? "(not specified)"]),
        "ResourceGroupDeletionBlocked" => (nameof(Messages.ResourceGroupDeletionBlocked), ErrorKind.Busy, [f.Group, Sentence(f.Message)]),
        _ when f.Message.Contains("disableLocalAuth is set", StringComparison.OrdinalIgnoreCase) =>
            (nameof(Messages.KeysDisabled), ErrorKind.NotAvailable, [f.Account]),
        _ when f.Message.Contains("deployment sku name", StringComparison.OrdinalIgnoreCase) => Properties(f),
        _ when f.Status == 429 => Throttled(f),
        _ when f.Status == 401 => (nameof(Messages.TokenRejected), ErrorKind.Authentication, [Sentence(f.Message)]),
        _ => Other(f),
    };

    /// <summary>A message of the service as part of ours, without the period.</summary>
    public static string Sentence(string message) => message.Trim().TrimEnd('.');

    // Lists of all versions and regions follow the first sentence.
    private static string Short(string message) => Sentence(message.Split(". ")[0]);

    private static (string, ErrorKind, object?[]) NotFound(ArmFailure f) => f.Target switch
    {
        { Deployment: string deployment } when f.Code == "NotFound" => (nameof(Messages.DeploymentNotFound), ErrorKind.NotFound, [deployment, f.Account]),
        { ContentFilter: string filter } when f.Code == "NotFound" => (nameof(Messages.ContentFilterNotFound), ErrorKind.NotFound, [filter, f.Account, ""]),
        { Blocklist: string list } when f.Code == "NotFound" => (nameof(Messages.BlocklistNotFound), ErrorKind.NotFound, [list, f.Account, ""]),
        { Account: string account } => (nameof(Messages.ResourceNotFound), ErrorKind.NotFound, [account, $"{f.Subscription}, resource group '{f.Group}'"]),
        _ => Other(f),
    };

    private static (string, ErrorKind, object?[]) WrongTenant(ArmFailure f)
    {
        (string? issuer, string? wanted) = Match2(ArmPatterns.Tenants(), f);
        return (nameof(Messages.WrongTenant), ErrorKind.Authentication, [issuer ?? Tenant(f), wanted ?? "another tenant", f.Subscription]);
    }

    private static (string, ErrorKind, object?[]) PermissionDenied(ArmFailure f)
    {
        (string? action, string? scope) = Match2(ArmPatterns.Action(), f);
        string client = Match(ArmPatterns.Client(), f) ?? f.Context.Account ?? "The caller";
        scope ??= $"/subscriptions/{f.Subscription}";
        return (nameof(Messages.PermissionDenied), ErrorKind.PermissionDenied, [client, action ?? "this action", scope, RequiredRole.For(action), Assignable(scope)]);
    }

    // The scope of a possible role assignment: the rejected path may be a child of the account, an action, or a role assignment that doesn't exist yet.
    private static string Assignable(string scope) => ArmTarget.Parse(scope) switch
    {
        { AccountId: string account } => account,
        { SubscriptionId: string subscription, ResourceGroup: string group } => $"/subscriptions/{subscription}/resourceGroups/{group}",
        { SubscriptionId: string subscription } => $"/subscriptions/{subscription}",
        _ => scope,
    };

    private static (string, ErrorKind, object?[]) Location(ArmFailure f)
    {
        (string? name, string? offered) = Match2(ArmPatterns.Location(), f);
        return NoLocation(name ?? "(not specified)", offered ?? "");
    }

    private static (string, ErrorKind, object?[]) NoLocation(string name, string offered)
    {
        string nearest = Nearest.List(name, offered.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(l => l != "global"));
        return (nameof(Messages.LocationNotAvailable), ErrorKind.InvalidInput, [name, nearest.Length == 0 ? "" : $"Did you mean {nearest}? "]);
    }

    private static (string, ErrorKind, object?[]) Quota(ArmFailure f)
    {
        System.Text.RegularExpressions.Match m = ArmPatterns.Quota().Match(f.Text);
        if (!m.Success)
            return (nameof(Messages.QuotaRefused), ErrorKind.LimitReached, [Sentence(f.Message)]);
        string free = m.Groups["free"].Value;
        string suggestion = free is "0" || free.StartsWith('-')
            ? "Use another -Sku or another region, or remove a deployment that uses this quota. Get-AzOpenAIRegion -Model lists the available quota of each region."
            : $"Use -Capacity {free} or less, another -Sku, or another region. Get-AzOpenAIRegion -Model lists the available quota of each region.";
        return (nameof(Messages.QuotaExceeded), ErrorKind.LimitReached,
            [m.Groups["asked"].Value, free, m.Groups["name"].Value, m.Groups["used"].Value, m.Groups["limit"].Value, suggestion]);
    }

    private static (string, ErrorKind, object?[]) Properties(ArmFailure f)
    {
        System.Text.RegularExpressions.Match sku = ArmPatterns.Sku().Match(f.Text);
        if (sku.Success)
        {
            string region = sku.Groups["region"].Value;
            return (nameof(Messages.SkuNotOffered), ErrorKind.NotAvailable,
                [sku.Groups["sku"].Value, sku.Groups["model"].Value, region.Length > 0 ? $"in {region}" : "here", "Use Get-AzOpenAIModel to list the SKUs of each model in the region."]);
        }

        return Match(ArmPatterns.SkuName(), f) is string name
            ? (nameof(Messages.SkuInvalid), ErrorKind.InvalidInput, [name])
            : Other(f);
    }

    private static (string, ErrorKind, object?[]) Model(ArmFailure f)
    {
        (string? name, string? version) = Match2(ArmPatterns.Model(), f);
        return (nameof(Messages.ModelNotOffered), ErrorKind.NotAvailable,
            [$"{name ?? "(not specified)"} {version}".TrimEnd(), "in this region", "Use Get-AzOpenAIModel to list the models and versions in the region."]);
    }

    private static (string, ErrorKind, object?[]) Retired(ArmFailure f, string errorId)
    {
        (string? name, string? version) = Match2(ArmPatterns.Model(), f);
        string? since = Match(ArmPatterns.Since(), f);
        return (errorId, ErrorKind.NotAvailable,
            [name ?? "(not specified)", version ?? "(not specified)", since is null ? "" : $" on {since}", "Use Get-AzOpenAIModel -Available to list the models that can be deployed today."]);
    }

    private static (string, ErrorKind, object?[]) Access(ArmFailure f) => Match2(ArmPatterns.Model(), f) is (string name, string version)
        ? (nameof(Messages.ModelAccessRequired), ErrorKind.NotAvailable, [name, version, f.Subscription])
        : (nameof(Messages.SubscriptionNotEligible), ErrorKind.NotAvailable, [f.Subscription, Sentence(f.Message)]);

    private static (string, ErrorKind, object?[]) Throttled(ArmFailure f) =>
        (nameof(Messages.ServiceThrottled), ErrorKind.LimitReached, [f.RetryAfter is null ? "a while" : $"{f.RetryAfter} s", Sentence(f.Message)]);

    private static (string, ErrorKind, object?[]) Other(ArmFailure f)
    {
        ErrorKind kind = f.Status switch
        {
            400 or 405 or 415 or 422 => ErrorKind.InvalidInput,
            403 => ErrorKind.PermissionDenied,
            404 or 410 => ErrorKind.NotFound,
            409 or 412 or 423 => ErrorKind.Busy,
            >= 300 and < 400 => ErrorKind.InvalidResponse,
            _ => ErrorKind.ServiceFailure,
        };
        return (nameof(Messages.ServiceError), kind,
            [f.Context.Environment.ManagementEndpoint.Authority, f.Code is null ? f.Status : $"{f.Status} {f.Code}", f.Message.Length == 0 ? "no details" : f.Message]);
    }

    // The message has the ID without its hyphens.
    private static string Principal(ArmFailure f) =>
        Match(ArmPatterns.Principal(), f) is string id && Guid.TryParse(id, out Guid guid) ? guid.ToString() : "of the request";

    private static string Tenant(ArmFailure f) => f.Context.TenantId ?? "of the credential";

    private static string? Match(System.Text.RegularExpressions.Regex pattern, ArmFailure f) =>
        pattern.Match(f.Text) is { Success: true } m ? m.Groups[1].Value : null;

    private static (string? First, string? Second) Match2(System.Text.RegularExpressions.Regex pattern, ArmFailure f) =>
        pattern.Match(f.Text) is { Success: true } m ? (m.Groups[1].Value, m.Groups[2].Value) : (null, null);
}
