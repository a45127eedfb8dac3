using AzOpenAI.Core.Management.Access;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Blocklists;
using AzOpenAI.Core.Management.ContentFilters;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Management.Resources;

namespace AzOpenAI.Core.Tests.Management.Wire;

/// <summary>One of each thing that a method takes as it was read: made by the service, so that what is sent back is what the service gave.</summary>
internal sealed class LiveState
{
    public const string List = "terms";
    public const string Item = "first";
    public const string Filter = "strict";

    /// <summary>The subscription that <see cref="ReadAsync"/> needs.</summary>
    public const string Seed = """
        {
          "subscriptions": [{
            "resourceGroups": [{ "name": "rg", "location": "swedencentral" }],
            "accounts": [
              {
                "name": "contoso", "resourceGroup": "rg", "location": "swedencentral", "properties": { "customSubDomainName": "contoso" },
                "deployments": [
                  { "name": "chat", "sku": { "name": "GlobalStandard", "capacity": 10 }, "tags": { "team": "one" }, "properties": { "model": { "name": "gpt-5-mini" } } },
                  { "name": "paused", "sku": { "name": "GlobalStandard", "capacity": 10 }, "properties": { "model": { "name": "gpt-5-mini" }, "deploymentState": "Paused" } }
                ]
              },
              {
                "name": "gone", "resourceGroup": "rg", "location": "swedencentral", "deletedHoursAgo": 1, "tags": { "team": "one" },
                "properties": { "customSubDomainName": "gone" }
              }
            ]
          }]
        }
        """;

    private Dictionary<Type, object> _things = [];

    public required Resource Resource { get; init; }

    public required Deployment Paused { get; init; }

    public required ResourceAccess Access { get; init; }

    public static async Task<LiveState> ReadAsync(ManagementClient client, CancellationToken cancellationToken)
    {
        Resource resource = await client.Resources.GetAsync("rg", "contoso", cancellationToken);
        Blocklist list = await client.Blocklists.SetAsync(resource, List, "Terms", null, cancellationToken);
        await client.BlocklistItems.AddAsync(list, [BlocklistItemOperations.Make(list, Item, "a term", isRegex: false)], cancellationToken);
        var filters = new ContentFilterProvisioner(client);
        var access = new AccessProvisioner(client);
        AccessRequest grant = new("Contributor", "dddddddd-dddd-4ddd-8ddd-dddddddddddd", "User");
        LiveState live = new()
        {
            Resource = resource,
            Paused = await client.Deployments.GetAsync(resource, "paused", cancellationToken),
            Access = await access.ApplyAsync(await access.PlanAsync(resource, grant, cancellationToken), cancellationToken),
        };
        object[] things =
        [
            resource,
            list,
            live.Access,
            await client.Deployments.GetAsync(resource, "chat", cancellationToken),
            await client.BlocklistItems.GetAsync(list, Item, cancellationToken),
            await filters.ApplyAsync(await filters.PlanAsync(FilterRequest(resource, Filter), cancellationToken), cancellationToken),
            await client.DeletedResources.GetAsync("rg", "gone", cancellationToken),
        ];
        live._things = things.ToDictionary(t => t.GetType());
        return live;
    }

    /// <summary>A content filter with everything that can be asked for.</summary>
    public static ContentFilterRequest FilterRequest(Resource resource, string name) => new()
    {
        Resource = resource,
        Name = name,
        BasePolicy = ContentFilterRequest.DefaultBasePolicy,
        Mode = "Blocking",
        Settings =
        [
            new ContentFilterSetting("HatePrompt", "Hate", "Prompt", "Low"),
            new ContentFilterSetting("HateCompletion", "Hate", "Completion", "High"),
            new ContentFilterSetting("ProtectedMaterialText", "Protected Material Text", "Completion", "Annotate"),
        ],
        PromptBlocklists = [List],
        CompletionBlocklists = [List],
    };

    /// <summary>A deployment with everything that can be asked for.</summary>
    public static DeploymentRequest DeploymentRequest(Resource resource, string name) => new()
    {
        Resource = resource,
        Name = name,
        Model = "gpt-5-mini",
        Format = "OpenAI",
        Version = "2025-08-07",
        Sku = "GlobalProvisionedManaged",
        Capacity = 15,
        VersionUpgrade = "NoAutoUpgrade",
        ContentFilter = "Microsoft.Default",
        Spillover = "chat",
    };

    /// <summary>The thing of a type; null: there is none.</summary>
    public object? Find(Type type) => _things.GetValueOrDefault(type);
}
