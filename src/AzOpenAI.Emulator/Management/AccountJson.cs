using System.Text.Json.Nodes;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Writes an account like the service.</summary>
internal static class AccountJson
{
    private static readonly string[] EndpointNames =
    [
        "OpenAI Language Model Instance API", "OpenAI Dall-E API", "OpenAI Sora API", "OpenAI Moderations API", "OpenAI Whisper API",
        "OpenAI Model Scaleset API", "OpenAI Realtime API", "Token Service API", "Azure OpenAI Legacy API - Latest moniker",
    ];

    private static readonly (string Name, string? Value)[] Capabilities =
    [
        ("VirtualNetworks", null), ("CustomerManagedKey", null), ("MaxFineTuneCount", "500"), ("MaxRunningFineTuneCount", "3"), ("MaxUserFileCount", "100"),
        ("MaxTrainingFileSize", "512000000"), ("MaxUserFileImportDurationInHours", "1"), ("MaxFineTuneJobDurationInHours", "720"), ("TrustedServices", null),
        ("RaiMonitor", null),
    ];

    private static readonly (string Key, int Period, int Count)[] CallRates = [("openai", 1, 30), ("default", 1, 30)];

    public static JsonObject Write(AccountState account, Uri baseUri)
    {
        bool deleted = account.DeletionDate is not null;
        JsonObject json = new()
        {
            ["id"] = deleted ? account.DeletedId : account.Id,
            ["name"] = account.Name,
            ["type"] = deleted ? "Microsoft.CognitiveServices/deletedAccounts" : "Microsoft.CognitiveServices/accounts",
            ["etag"] = Etag(account),
            ["location"] = account.Location,
            ["sku"] = new JsonObject { ["name"] = account.SkuName },
            ["kind"] = account.Kind,
        };
        if (account.Identity is not null)
        {
            json["identity"] = account.Identity.DeepClone();
        }

        if (account.Tags is not null)
        {
            json["tags"] = account.Tags.DeepClone();
        }

        json["properties"] = Properties(account, baseUri, deleted);
        json["systemData"] = account.SystemData.ToJson();
        return json;
    }

    public static string Etag(AccountState account) => $"\"{account.Etag}\"";

    public static string Endpoint(AccountState account, Uri baseUri) =>
        account.Subdomain is { Length: > 0 } subdomain ? $"{baseUri}{subdomain}/" : $"{baseUri}{account.Region}.api/";

    private static JsonObject Properties(AccountState account, Uri baseUri, bool deleted)
    {
        string endpoint = Endpoint(account, baseUri);
        JsonObject properties = new()
        {
            ["endpoint"] = endpoint,
            ["provisioningState"] = deleted ? "Succeeded" : account.ProvisioningState,
            ["internalId"] = account.InternalId,
            ["dateCreated"] = SystemData.Text(account.SystemData.CreatedAt),
            ["callRateLimit"] = CallRateLimit(),
            ["isMigrated"] = false,
            ["privateEndpointConnections"] = new JsonArray(),
            ["publicNetworkAccess"] = "Enabled",
            ["allowProjectManagement"] = false,
            ["apiProperties"] = new JsonObject(),
            ["capabilities"] = CapabilityList(),
            ["endpoints"] = Endpoints(account, endpoint),
        };
        foreach ((string name, JsonNode? value) in account.Properties)
        {
            properties[name] = value?.DeepClone();
        }

        if (deleted)
        {
            properties["deletionDate"] = SystemData.Text(account.DeletionDate!.Value);
            properties["scheduledPurgeDate"] = SystemData.Text(account.ScheduledPurgeDate!.Value);
        }

        return properties;
    }

    private static JsonObject Endpoints(AccountState account, string endpoint)
    {
        JsonObject endpoints = [];
        foreach (string name in EndpointNames)
        {
            endpoints[name] = endpoint;
        }

        if (account.Kind == "AIServices")
        {
            endpoints["AI Foundry API"] = endpoint;
        }

        return endpoints;
    }

    private static JsonArray CapabilityList() => [.. Capabilities.Select(c =>
    {
        JsonObject capability = new() { ["name"] = c.Name };
        if (c.Value is not null)
        {
            capability["value"] = c.Value;
        }

        return (JsonNode?)capability;
    })];

    private static JsonObject CallRateLimit() => new()
    {
        ["rules"] = new JsonArray([.. CallRates.Select(rule => (JsonNode?)new JsonObject
        {
            ["key"] = rule.Key,
            ["renewalPeriod"] = rule.Period,
            ["count"] = rule.Count,
            ["matchPatterns"] = new JsonArray(
                new JsonObject { ["path"] = rule.Key == "openai" ? "openai/*" : "*", ["method"] = "*" }),
        })]),
    };
}
