using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.Management;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Seeding;

/// <summary>
/// Accounts and deployments of a seed, in the shape of their PUT bodies. Read-only properties (endpoint, provisioningState and the like) are accepted, so that
/// a saved response of the service can be used as a seed. Quota and retirement aren't checked: a seed defines a state, not what may be created.
/// </summary>
internal sealed class SeedAccounts(AzureState state, SubscriptionState subscription, ModelCatalogue catalogue, EmulatorClock clock)
{
    private static readonly string[] Envelope = ["id", "type", "etag", "systemData"];

    private static readonly string[] ReadOnlyOfAccount =
    [
        "provisioningState", "endpoint", "endpoints", "internalId", "dateCreated", "isMigrated", "capabilities", "callRateLimit", "quotaLimit",
        "privateEndpointConnections", "skuChangeInfo", "abusePenalty", "commitmentPlanAssociations", "deletionDate", "scheduledPurgeDate",
    ];

    private static readonly string[] ReadOnlyOfDeployment =
        ["provisioningState", "currentCapacity", "capabilities", "rateLimits", "callRateLimit", "dynamicThrottlingEnabled"];

    public void Add(SeedNode node)
    {
        foreach (SeedNode account in node.List("accounts"))
        {
            Account(account.Knows(["name", "resourceGroup", "location", "kind", "sku", "tags", "identity", "properties", "deletedHoursAgo", "deployments", "projects", .. Envelope]));
        }
    }

    private void Account(SeedNode node)
    {
        string name = node.Required("name");
        if (!AccountValidation.IsName(name))
        {
            throw node.Fail("name", $"'{name}' isn't a valid account name. Use 2 to 64 letters, digits, '_', '.' and '-', starting with a letter or a digit.");
        }

        double? deletedHoursAgo = node.Number("deletedHoursAgo", 0, 47);
        string group = node.Required("resourceGroup");
        if (deletedHoursAgo is null && !subscription.Groups.ContainsKey(group))
        {
            throw node.Fail("resourceGroup", $"Resource group '{group}' isn't in this subscription's resourceGroups.");
        }

        if (subscription.Account(group, name) is not null || subscription.DeletedAccount(group, name) is not null)
        {
            throw node.Fail("name", $"Account '{name}' of resource group '{group}' is defined twice.");
        }

        CatalogueRegion region = SeedReader.Region(node, catalogue);
        if (!region.Openai)
        {
            throw node.Fail("location", $"Region '{region.Name}' doesn't offer Azure OpenAI.");
        }

        string kind = node.Text("kind") ?? "OpenAI";
        if (!catalogue.Data.Kinds.Contains(kind, StringComparer.Ordinal))
        {
            throw node.Fail("kind", $"'{kind}' isn't one of {string.Join(", ", catalogue.Data.Kinds)}.");
        }

        if (node.Object("sku")?.Required("name") is { } sku && !sku.Equals(AccountValidation.Sku, StringComparison.OrdinalIgnoreCase))
        {
            throw node.Fail("sku", $"The only SKU is {AccountValidation.Sku}.");
        }

        AccountState account = new()
        {
            SubscriptionId = subscription.Id,
            ResourceGroup = subscription.Groups.GetValueOrDefault(group)?.Name ?? group,
            Name = name,
            Location = node.Required("location"),
            Region = region.Name,
            Kind = kind,
            SkuName = AccountValidation.Sku,
            Tags = node.Strings("tags"),
            Identity = node.Object("identity")?.Copy(),
            ProvisioningState = "Succeeded",
            SystemData = new SystemData(clock.Now),
            DeletionDate = deletedHoursAgo is { } hours ? clock.Now - TimeSpan.FromHours(hours) : null,
        };
        SeedNode? properties = node.Object("properties")?.Knows([.. AccountOperations.Writable, .. ReadOnlyOfAccount]);
        Writable(properties, AccountOperations.Writable, account.Properties);
        Subdomain(properties, account);
        foreach (SeedNode deployment in node.List("deployments"))
        {
            Deployment(deployment.Knows(["name", "sku", "tags", "properties", .. Envelope]), account);
        }

        foreach (SeedNode project in node.List("projects"))
        {
            Project(project.Knows("name"), account);
        }

        (deletedHoursAgo is null ? subscription.Accounts : subscription.DeletedAccounts).Add(account);
    }

    private void Subdomain(SeedNode? properties, AccountState account)
    {
        if (properties?.Text("customSubDomainName") is not { } subdomain)
        {
            return;
        }

        if (!AccountValidation.IsSubdomain(subdomain))
        {
            throw properties.Fail("customSubDomainName", $"'{subdomain}' isn't a valid subdomain.");
        }

        if (!state.Subdomains.TryAdd(subdomain, account))
        {
            throw properties.Fail("customSubDomainName", $"Subdomain '{subdomain}' is defined twice.");
        }
    }

    private void Project(SeedNode node, AccountState account)
    {
        string name = node.Required("name");
        if (account.Kind != "AIServices")
        {
            throw node.Fail("name", "Only accounts of kind AIServices can have projects.");
        }

        if (!account.Projects.TryAdd(name, new ChildState(name, clock.Now)))
        {
            throw node.Fail("name", $"Project '{name}' of account '{account.Name}' is defined twice.");
        }
    }

    private void Deployment(SeedNode node, AccountState account)
    {
        string name = node.Required("name");
        SeedNode properties = (node.Object("properties") ?? throw node.Fail("", "The property 'properties' is missing."))
            .Knows(["model", "deploymentState", .. DeploymentOperations.Writable, .. ReadOnlyOfDeployment]);
        SeedNode reference = properties.Object("model") ?? throw properties.Fail("", "The property 'model' is missing.");
        string modelName = reference.Required("name");
        CatalogueModel model = catalogue.Model(reference.Text("format") ?? "OpenAI", modelName, reference.Text("version"))
            ?? throw reference.Fail("name", $"Model '{modelName}' {reference.Text("version")} isn't in the catalog.");
        SeedNode sent = (node.Object("sku") ?? throw node.Fail("", "The property 'sku' is missing.")).Knows("name", "capacity");
        CatalogueSku? sku = model.Sku(sent.Required("name"));
        if (sku is null || sku.FineTunedOnly || !sku.OfferedIn(account.Region))
        {
            string offered = string.Join(", ", ModelCatalogue.SkusIn(model, account.Region).Select(s => s.Name));
            throw sent.Fail("name", $"The model '{model.Name}' {model.Version} has {(offered.Length == 0 ? "no SKU" : $"only {offered}")} in '{account.Region}'.");
        }

        string running = properties.Text("deploymentState") ?? "Running";
        if (running is not ("Running" or "Paused") || (running == "Paused" && !DeploymentOperations.Pausable.Contains(sku.Name, StringComparer.Ordinal)))
        {
            throw properties.Fail("deploymentState", $"Use Running or, for {string.Join(", ", DeploymentOperations.Pausable)}, Paused.");
        }

        DeploymentState deployment = new()
        {
            Name = name,
            Model = model,
            Sku = sku,
            Capacity = sent.Integer("capacity", 1) ?? sku.Capacity.Minimum ?? 1,
            Tags = node.Strings("tags"),
            Publisher = reference.Text("publisher"),
            Paused = running == "Paused",
            SystemData = new SystemData(clock.Now),
        };
        Writable(properties, DeploymentOperations.Writable, deployment.Properties);
        if (!account.Deployments.TryAdd(name, deployment))
        {
            throw node.Fail("name", $"Deployment '{name}' of account '{account.Name}' is defined twice.");
        }
    }

    private static void Writable(SeedNode? properties, IEnumerable<string> names, JsonObject into)
    {
        if (properties?.Copy() is not { } sent)
        {
            return;
        }

        foreach (string name in names.Where(name => sent[name] is not null))
        {
            into[name] = sent[name]!.DeepClone();
        }
    }
}
