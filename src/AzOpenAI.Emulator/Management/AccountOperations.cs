using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Accounts: create, read, list, update, delete; restore is a create with a flag.</summary>
internal static class AccountOperations
{
    public const string Collection = "subscriptions/{subscription}/resourceGroups/{group}/providers/Microsoft.CognitiveServices/accounts";
    public const string Item = Collection + "/{account}";
    private const string Actions = "Microsoft.CognitiveServices/accounts/";

    /// <summary>Everything a client may set; other members are ignored, like in the service.</summary>
    public static readonly IReadOnlyList<string> Writable =
    [
        "customSubDomainName", "networkAcls", "publicNetworkAccess", "disableLocalAuth", "restrictOutboundNetworkAccess", "allowedFqdnList", "encryption",
        "userOwnedStorage", "dynamicThrottlingEnabled", "apiProperties", "locations", "amlWorkspace", "raiMonitorConfig", "allowProjectManagement",
        "defaultProject", "associatedProjects", "networkInjections", "storedCompletionsDisabled",
    ];

    public static void Map(RouteTable<ArmRoute> routes)
    {
        const string all = "subscriptions/{subscription}/providers/Microsoft.CognitiveServices/accounts";
        routes.Add("GET", all, new ArmRoute(Actions + "read", r => Page(r, r.Subscription.Accounts)) { AnyRegistration = true });
        routes.Add("GET", Collection, new ArmRoute(Actions + "read", ListInGroup) { AnyRegistration = true });
        routes.Add("GET", Item, new ArmRoute(Actions + "read", r => Answer(r, r.Account, 200)) { AnyRegistration = true });
        routes.Add("PUT", Item, new ArmRoute(Actions + "write", Put) { IsWrite = true, LocksAccount = true });
        routes.Add("PATCH", Item, new ArmRoute(Actions + "write", Patch) { IsWrite = true, LocksAccount = true });
        routes.Add("DELETE", Item, new ArmRoute(Actions + "delete", Delete) { IsWrite = true, LocksAccount = true });
    }

    public static Reply Answer(ArmRequest request, AccountState account, int status) =>
        new Reply { Status = status, Body = AccountJson.Write(account, request.Exchange.BaseUri) }.With("ETag", AccountJson.Etag(account));

    /// <summary>Moves an account to the deleted ones; its subdomain and its deployments' quota remain in use.</summary>
    public static void SoftDelete(SubscriptionState subscription, AccountState account, DateTimeOffset now)
    {
        subscription.Accounts.Remove(account);
        account.DeletionDate = now;
        subscription.DeletedAccounts.Add(account);
    }

    private static Reply Page(ArmRequest request, IEnumerable<AccountState> accounts) =>
        Paging.Page(request, accounts.Select(a => AccountJson.Write(a, request.Exchange.BaseUri)));

    private static Reply ListInGroup(ArmRequest request)
    {
        string group = request.Group.Name;
        return Page(request, request.Subscription.Accounts.Where(a => a.ResourceGroup.Equals(group, StringComparison.OrdinalIgnoreCase)));
    }

    private static Reply Put(ArmRequest request)
    {
        ResourceGroupState group = request.Group;
        string name = request["account"];
        AccountValidation.Name(name);
        string location = ArmRequest.Text(request.Body["location"]) ?? throw UnverifiedArmErrors.LocationRequired();
        CatalogueRegion region = AccountValidation.Region(request, location);
        JsonObject properties = request.Body["properties"] as JsonObject ?? [];
        SubscriptionState subscription = request.Subscription;
        AccountState? existing = subscription.Account(group.Name, name);
        if (existing is null && ArmRequest.Flag(properties["restore"]) is true)
        {
            return DeletedAccountOperations.Restore(request, group, name);
        }

        if (existing is null && subscription.DeletedAccount(group.Name, name) is { } deleted)
        {
            throw ArmErrors.FlagMustBeSetForRestore(deleted.Id);
        }

        if (existing is not null && existing.Region != region.Name)
        {
            throw UnverifiedArmErrors.AccountInOtherLocation(existing, location);
        }

        string kind = ArmRequest.Text(request.Body["kind"]) ?? existing?.Kind ?? "";
        string sku = ArmRequest.Text((request.Body["sku"] as JsonObject)?["name"]) ?? existing?.SkuName ?? "";
        AccountValidation.KindAndSku(request, kind, sku, region);
        AccountValidation.Network(properties);
        return existing is null ? Create(request, group, name, location, region, kind, properties) : Replace(request, existing, kind, properties);
    }

    private static Reply Create(ArmRequest request, ResourceGroupState group, string name, string location, CatalogueRegion region, string kind, JsonObject properties)
    {
        AccountValidation.Quota(request, region, kind);
        AccountState account = new()
        {
            SubscriptionId = request.Subscription.Id,
            ResourceGroup = group.Name,
            Name = name,
            Location = location,
            Region = region.Name,
            Kind = kind,
            SkuName = AccountValidation.Sku,
            SystemData = new SystemData(request.Now),
        };
        if (ArmRequest.Text(properties["customSubDomainName"]) is { } subdomain)
        {
            AccountValidation.ClaimSubdomain(request, account, subdomain);
        }

        Apply(account, request.Body, properties, replace: true);
        request.Subscription.Accounts.Add(account);
        return Begin(request, account, 201, "Creating");
    }

    private static Reply Replace(ArmRequest request, AccountState account, string kind, JsonObject properties)
    {
        RefuseWhileBusy(request, account);
        ChangeSubdomain(request, account, properties);
        account.Kind = kind;

        // An existing subdomain can't be changed.
        properties["customSubDomainName"] ??= account.Subdomain;
        Apply(account, request.Body, properties, replace: true);
        Touch(request, account);
        return Answer(request, account, 200);
    }

    private static Reply Patch(ArmRequest request)
    {
        AccountState account = request.Account;
        RefuseWhileBusy(request, account);
        JsonObject properties = request.Body["properties"] as JsonObject ?? [];
        AccountValidation.Network(Merged(account.Properties, properties));
        ChangeSubdomain(request, account, properties);
        Apply(account, request.Body, properties, replace: false);
        Touch(request, account);
        if (properties.Count == 0 && !OperationResults.IsForced(request))
        {
            return Answer(request, account, 200);
        }

        account.ProvisioningState = "Accepted";
        Operation operation = OperationResults.Start(
            request, account.Region, account.Id, "Accepted", () => account.ProvisioningState = "Succeeded", () => account.ProvisioningState = "Failed",
            baseUri => AccountJson.Write(account, baseUri));
        return Answer(request, account, 202).WithLocation(request, operation);
    }

    private static Reply Delete(ArmRequest request)
    {
        SubscriptionState subscription = request.Subscription;
        if (subscription.Account(request.Group.Name, request["account"]) is not { } account)
        {
            return new Reply { Status = 204 };
        }

        RefuseWhileBusy(request, account);
        if (account.Projects.Count > 0)
        {
            throw ArmErrors.CannotDeleteResource(account);
        }

        if (!OperationResults.IsForced(request))
        {
            SoftDelete(subscription, account, request.Now);
            return new Reply();
        }

        account.ProvisioningState = "Deleting";
        Operation operation = OperationResults.Start(
            request, account.Region, account.Id, "Deleting", () => SoftDelete(subscription, account, request.Emulation.Clock.Now),
            () => account.ProvisioningState = "Failed");
        return new Reply { Status = 202 }.WithLocation(request, operation);
    }

    /// <summary>Starts creating or restoring an account that is already in the list.</summary>
    public static Reply Begin(ArmRequest request, AccountState account, int status, string state)
    {
        account.ProvisioningState = state;
        Operation operation = OperationResults.Start(
            request, account.Region, account.Id, state, () => account.ProvisioningState = "Succeeded", () => account.ProvisioningState = "Failed");
        return Answer(request, account, status).WithAsyncOperation(request, operation);
    }

    public static void RefuseWhileBusy(ArmRequest request, AccountState account)
    {
        if (request.Subscription.OperationOn(account.Id) is not null)
        {
            throw ArmErrors.RequestConflict(account.Id);
        }
    }

    public static void Touch(ArmRequest request, AccountState account)
    {
        account.Etag = Guid.NewGuid().ToString();
        account.SystemData.LastModifiedAt = request.Now;
    }

    private static void ChangeSubdomain(ArmRequest request, AccountState account, JsonObject properties)
    {
        if (ArmRequest.Text(properties["customSubDomainName"]) is not { } wanted || wanted.Equals(account.Subdomain, StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        if (account.Subdomain is not null)
        {
            throw UnverifiedArmErrors.InvalidSubdomain(wanted);
        }

        AccountValidation.ClaimSubdomain(request, account, wanted);
    }

    private static void Apply(AccountState account, JsonObject body, JsonObject properties, bool replace)
    {
        JsonObject sent = [];
        foreach (string name in Writable.Where(name => properties[name] is not null))
        {
            sent[name] = properties[name]!.DeepClone();
        }

        account.Properties = replace ? sent : Merged(account.Properties, sent);
        if (replace || body.ContainsKey("tags"))
        {
            account.Tags = body["tags"]?.DeepClone() as JsonObject;
        }

        if (replace || body.ContainsKey("identity"))
        {
            account.Identity = AccountIdentity.Of(body["identity"] as JsonObject, account.Identity, replace);
        }
    }

    private static JsonObject Merged(JsonObject before, JsonObject changes)
    {
        JsonObject merged = (JsonObject)before.DeepClone();
        foreach ((string name, JsonNode? value) in changes)
        {
            merged[name] = value?.DeepClone();
        }

        return merged;
    }
}
