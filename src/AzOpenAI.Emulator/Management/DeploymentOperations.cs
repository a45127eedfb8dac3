using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Deployments of an account.</summary>
internal static class DeploymentOperations
{
    private const string Collection = AccountOperations.Item + "/deployments";
    private const string Item = Collection + "/{deployment}";
    private const string Actions = "Microsoft.CognitiveServices/accounts/deployments/";
    private const string Type = "accounts/deployments";

    // Also in the preview 2025-10-01-preview.
    private const string PauseSince = "2025-10-01";

    /// <summary>What a client may set in addition to the model.</summary>
    public static readonly IReadOnlyList<string> Writable =
        ["versionUpgradeOption", "raiPolicyName", "spilloverDeploymentName", "parentDeploymentName", "capacitySettings", "serviceTier", "routing"];

    public static readonly IReadOnlyList<string> Pausable = ["Standard", "DataZoneStandard", "GlobalStandard"];

    public static void Map(RouteTable<ArmRoute> routes)
    {
        routes.Add("GET", Collection, new ArmRoute(Actions + "read", List));
        routes.Add("GET", Item, new ArmRoute(Actions + "read", Get));
        routes.Add("PUT", Item, new ArmRoute(Actions + "write", Put) { IsWrite = true, LocksAccount = true });
        routes.Add("PATCH", Item, new ArmRoute(Actions + "write", Patch) { IsWrite = true, LocksAccount = true, Since = "2024-10-01" });
        routes.Add("DELETE", Item, new ArmRoute(Actions + "delete", Delete) { IsWrite = true, LocksAccount = true });
        routes.Add("GET", Item + "/skus", new ArmRoute(Actions + "skus/read", Skus) { Since = "2024-10-01" });
        routes.Add("POST", Item + "/pause", new ArmRoute(Actions + "pause/action", r => Pause(r, true)) { IsWrite = true, LocksAccount = true, Since = PauseSince });
        routes.Add("POST", Item + "/resume", new ArmRoute(Actions + "resume/action", r => Pause(r, false)) { IsWrite = true, LocksAccount = true, Since = PauseSince });
    }

    private static Reply List(ArmRequest request)
    {
        AccountState account = request.Account;
        return Paging.Page(request, account.Deployments.Values.Select(d => DeploymentJson.Write(account, d, request)));
    }

    private static Reply Get(ArmRequest request)
    {
        AccountState account = request.Account;
        return Answer(request, account, Find(request, account), 200);
    }

    private static Reply Put(ArmRequest request)
    {
        AccountState account = Parent(request);
        DeploymentState? existing = account.Deployments.GetValueOrDefault(request["deployment"]);
        (CatalogueModel model, CatalogueSku sku, int capacity) = DeploymentValidation.Check(request, account, existing);
        JsonObject properties = request.Body["properties"] as JsonObject ?? [];
        DeploymentState deployment = existing ?? new DeploymentState
        {
            Name = request["deployment"],
            Model = model,
            Sku = sku,
            Capacity = capacity,
            SystemData = new SystemData(request.Now),
            VisibleAt = request.Emulation.Clock.Uptime + request.Emulation.Settings.DeploymentNotFound,
        };
        deployment.Model = model;
        deployment.Sku = sku;
        deployment.Capacity = capacity;
        deployment.Publisher = ArmRequest.Text((properties["model"] as JsonObject)?["publisher"]);
        deployment.Tags = request.Body["tags"]?.DeepClone() as JsonObject;
        deployment.Properties = [];
        foreach (string name in Writable.Where(properties.ContainsKey))
        {
            deployment.Properties[name] = properties[name]?.DeepClone();
        }

        if (request.AtLeast(PauseSince) && ArmRequest.Text(properties["deploymentState"]) is { } state)
        {
            deployment.Paused = state == "Paused";
        }

        account.Deployments[deployment.Name] = deployment;
        return Finish(request, account, deployment, existing is null ? 201 : 200, existing is null ? "Creating" : "Accepted");
    }

    private static Reply Patch(ArmRequest request)
    {
        AccountState account = Parent(request);
        DeploymentState deployment = Find(request, account);
        if (request.Body["sku"] is JsonObject sent)
        {
            string name = ArmRequest.Text(sent["name"]) ?? deployment.Sku.Name;
            if (!request.Emulation.Catalogue.IsDeploymentSku(name))
            {
                throw ArmErrors.InvalidDeploymentSku(name);
            }

            CatalogueSku sku = DeploymentValidation.Sku(account, deployment.Model, name);
            int capacity = ArmRequest.Number(sent["capacity"]) ?? deployment.Capacity;
            DeploymentValidation.Capacity(request, account, deployment, deployment.Model, sku, capacity);
            deployment.Sku = sku;
            deployment.Capacity = capacity;
        }

        if (request.Body.ContainsKey("tags"))
        {
            deployment.Tags = request.Body["tags"]?.DeepClone() as JsonObject;
        }

        return Finish(request, account, deployment, 200, "Accepted");
    }

    private static Reply Delete(ArmRequest request)
    {
        AccountState account = Parent(request);
        if (account.Deployments.GetValueOrDefault(request["deployment"]) is not { } deployment)
        {
            return new Reply { Status = 204 };
        }

        if (!OperationResults.IsForced(request))
        {
            account.Deployments.Remove(deployment.Name);
            return new Reply();
        }

        deployment.ProvisioningState = "Deleting";
        Operation operation = OperationResults.Start(
            request, account.Region, account.Id, "Deleting", () => account.Deployments.Remove(deployment.Name), () => deployment.ProvisioningState = "Failed");
        return new Reply { Status = 202 }.WithLocation(request, operation);
    }

    private static Reply Skus(ArmRequest request)
    {
        AccountState account = request.Account;
        DeploymentState deployment = Find(request, account);
        return Paging.Page(request, ModelCatalogue.SkusIn(deployment.Model, account.Region).Select(sku => new JsonObject
        {
            ["resourceType"] = "Microsoft.CognitiveServices/accounts/deployments",
            ["sku"] = new JsonObject { ["name"] = sku.Name },
            ["capacity"] = ModelJson.Capacity(sku.Capacity),
        }));
    }

    private static Reply Pause(ArmRequest request, bool paused)
    {
        AccountState account = Parent(request);
        DeploymentState deployment = Find(request, account);
        if (!Pausable.Contains(deployment.Sku.Name, StringComparer.Ordinal))
        {
            throw UnverifiedArmErrors.PauseNotSupported(deployment.Sku.Name);
        }

        deployment.Paused = paused;
        return Finish(request, account, deployment, 200, "Accepted");
    }

    /// <summary>A deployment is complete when its PUT returns, unless a fault delays it.</summary>
    private static Reply Finish(ArmRequest request, AccountState account, DeploymentState deployment, int status, string running)
    {
        deployment.Etag = Guid.NewGuid().ToString();
        deployment.SystemData.LastModifiedAt = request.Now;
        deployment.ProvisioningState = "Succeeded";
        if (!OperationResults.IsForced(request))
        {
            return Answer(request, account, deployment, status);
        }

        deployment.ProvisioningState = running;
        Operation operation = OperationResults.Start(
            request, account.Region, account.Id, running, () => deployment.ProvisioningState = "Succeeded", () => deployment.ProvisioningState = "Failed");
        return Answer(request, account, deployment, status).WithAsyncOperation(request, operation);
    }

    /// <summary>The account of a write, which must exist and have no other operation in progress.</summary>
    private static AccountState Parent(ArmRequest request)
    {
        string group = request.Group.Name;
        AccountState account = request.Subscription.Account(group, request["account"]) ?? throw UnverifiedArmErrors.ParentNotFound(
            Type, $"/subscriptions/{request.Subscription.Id}/resourceGroups/{group}/providers/Microsoft.CognitiveServices/accounts/{request["account"]}");
        if (account.ProvisioningState != "Succeeded")
        {
            throw ArmErrors.AccountNotReady(account);
        }

        AccountOperations.RefuseWhileBusy(request, account);
        return account;
    }

    private static DeploymentState Find(ArmRequest request, AccountState account) =>
        account.Deployments.GetValueOrDefault(request["deployment"])
        ?? throw ArmErrors.NotFound(DeploymentJson.Id(account, request["deployment"]));

    private static Reply Answer(ArmRequest request, AccountState account, DeploymentState deployment, int status) =>
        new Reply { Status = status, Body = DeploymentJson.Write(account, deployment, request) }.With("ETag", DeploymentJson.Etag(deployment));
}
