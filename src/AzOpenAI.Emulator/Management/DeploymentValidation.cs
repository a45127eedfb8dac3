using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.Limits;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>
/// The service's validation of a deployment, in this order: SKU name, model, retirement, SKU of the model, access, capacity, quota, stock.
/// </summary>
internal static class DeploymentValidation
{
    /// <summary>The model and SKU in the body of a deployment. A missing SKU silently means Standard.</summary>
    public static (CatalogueModel Model, CatalogueSku Sku, int Capacity) Check(ArmRequest request, AccountState account, DeploymentState? existing)
    {
        JsonObject properties = request.Body["properties"] as JsonObject ?? [];
        JsonObject? sku = request.Body["sku"] as JsonObject;
        if (properties["scaleSettings"] is not null && sku is null)
        {
            throw ArmErrors.ScaleSettingsDeprecated();
        }

        string skuName = ArmRequest.Text(sku?["name"]) ?? "Standard";
        if (!request.Emulation.Catalogue.IsDeploymentSku(skuName))
        {
            throw ArmErrors.InvalidDeploymentSku(skuName);
        }

        CatalogueModel model = Model(request, properties["model"] as JsonObject);
        bool sameModel = existing is not null && existing.Model == model;
        if (!sameModel)
        {
            Retirement(request, model);
        }

        CatalogueSku modelSku = Sku(account, model, skuName);
        if (model.LimitedAccess)
        {
            throw ArmErrors.ModelAccessRequired(model);
        }

        Policy(account, properties);
        int capacity = ArmRequest.Number(sku?["capacity"]) ?? modelSku.Capacity.Minimum ?? 1;
        Capacity(request, account, existing, model, modelSku, capacity);
        return (model, modelSku, capacity);
    }

    /// <summary>Validates capacity, quota and stock of a deployment whose model and SKU are valid.</summary>
    public static void Capacity(ArmRequest request, AccountState account, DeploymentState? existing, CatalogueModel model, CatalogueSku sku, int capacity)
    {
        int step = Math.Max(1, sku.Capacity.Step ?? 1);
        int minimum = sku.Capacity.Minimum ?? 1;
        bool inRange = capacity >= minimum && capacity <= (sku.Capacity.Maximum ?? int.MaxValue) && (capacity - minimum) % step == 0;
        if (!inRange)
        {
            throw UnverifiedArmErrors.CapacityOutOfRange(capacity, sku, model);
        }

        int held = existing is not null && existing.Sku.UsageName.Equals(sku.UsageName, StringComparison.OrdinalIgnoreCase) ? existing.Capacity : 0;
        QuotaRow row = request.Emulation.Quota.Read(request.Subscription, account.Region, sku.UsageName);
        if (capacity - held > row.Available)
        {
            throw ArmErrors.InsufficientQuota(capacity - held, row);
        }

        int stock = ModelOperations.Stock(request.Emulation, account.Region, model, sku);
        if (capacity - held > stock)
        {
            throw UnverifiedArmErrors.InsufficientStock(capacity - held, stock, sku.Name, model, account.Region);
        }
    }

    /// <summary>The message for a SKU that the model only has elsewhere differs from that for one it never has.</summary>
    public static CatalogueSku Sku(AccountState account, CatalogueModel model, string name)
    {
        CatalogueSku? sku = model.Sku(name);
        if (sku is null || sku.FineTunedOnly)
        {
            throw ArmErrors.SkuNotSupported(name, model);
        }

        return sku.OfferedIn(account.Region) ? sku : throw ArmErrors.SkuNotInRegion(sku.Name, model, account.Region);
    }

    private static CatalogueModel Model(ArmRequest request, JsonObject? reference)
    {
        string format = ArmRequest.Text(reference?["format"]) ?? "";
        string name = ArmRequest.Text(reference?["name"]) ?? "";
        string? version = ArmRequest.Text(reference?["version"]);
        return request.Emulation.Catalogue.Model(format, name, version) ?? throw ArmErrors.ModelNotSupported(format, name, version ?? "");
    }

    private static void Retirement(ArmRequest request, CatalogueModel model)
    {
        string? code = model.StatusOn(request.Now) switch
        {
            "Deprecated" => "ServiceModelDeprecated",
            "Deprecating" => "ServiceModelDeprecating",
            _ => null,
        };
        if (code is not null)
        {
            throw ArmErrors.ModelRetired(code, model);
        }
    }

    private static void Policy(AccountState account, JsonObject properties)
    {
        if (ArmRequest.Text(properties["raiPolicyName"]) is { } policy && !RaiPolicyOperations.Exists(account, policy))
        {
            throw UnverifiedArmErrors.UnknownRaiPolicy(policy);
        }
    }
}
