using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Resource groups. Deleting one soft-deletes the accounts in it.</summary>
internal static partial class ResourceGroupOperations
{
    private const string Template = "subscriptions/{subscription}/resourceGroups/{group}";
    private const string Actions = "Microsoft.Resources/subscriptions/resourceGroups/";

    public static void Map(RouteTable<ArmRoute> routes)
    {
        routes.Add("GET", "subscriptions/{subscription}/resourceGroups", new ArmRoute(Actions + "read", List));
        routes.Add("GET", Template, new ArmRoute(Actions + "read", r => Reply.Ok(ToJson(r, r.Group))));
        routes.Add("HEAD", Template, new ArmRoute(Actions + "read", r => new Reply { Status = r.Subscription.Groups.ContainsKey(r["group"]) ? 204 : 404 }));
        routes.Add("PUT", Template, new ArmRoute(Actions + "write", Put) { IsWrite = true });
        routes.Add("PATCH", Template, new ArmRoute(Actions + "write", Patch) { IsWrite = true });
        routes.Add("DELETE", Template, new ArmRoute(Actions + "delete", Delete) { IsWrite = true });
    }

    private static Reply List(ArmRequest request) => Paging.Page(request, request.Subscription.Groups.Values.Select(g => ToJson(request, g)));

    private static Reply Put(ArmRequest request)
    {
        string name = request["group"];
        if (name.Length > 90 || name.EndsWith('.') || !GroupName().IsMatch(name))
        {
            throw UnverifiedArmErrors.InvalidGroupName(name);
        }

        string location = ArmRequest.Text(request.Body["location"]) ?? throw UnverifiedArmErrors.LocationRequired();
        CatalogueRegion region = request.Emulation.Catalogue.Region(location)
            ?? throw ArmErrors.Gateway(
                400, "LocationNotAvailableForResourceGroup",
                $"The provided location '{location}' is not available for resource group. List of available regions is "
                + $"'{string.Join(',', request.Emulation.Catalogue.Data.Regions.Select(r => r.Name))}'.");
        bool exists = request.Subscription.Groups.TryGetValue(name, out ResourceGroupState? group);
        if (group is not null && group.Location != region.Name)
        {
            throw UnverifiedArmErrors.GroupInOtherLocation(group.Name, group.Location, location);
        }

        group ??= new ResourceGroupState { Name = name, Location = region.Name };
        group.Tags = request.Body["tags"]?.DeepClone() as JsonObject;
        request.Subscription.Groups[name] = group;
        return new Reply { Status = exists ? 200 : 201, Body = ToJson(request, group) };
    }

    private static Reply Patch(ArmRequest request)
    {
        ResourceGroupState group = request.Group;
        if (request.Body["tags"] is JsonObject tags)
        {
            group.Tags = (JsonObject)tags.DeepClone();
        }

        return Reply.Ok(ToJson(request, group));
    }

    private static Reply Delete(ArmRequest request)
    {
        ResourceGroupState group = request.Group;
        SubscriptionState subscription = request.Subscription;
        AccountState[] accounts = [.. subscription.Accounts.Where(a => a.ResourceGroup.Equals(group.Name, StringComparison.OrdinalIgnoreCase))];
        if (accounts.FirstOrDefault(a => subscription.OperationOn(a.Id) is not null) is { } busy)
        {
            throw ArmErrors.Gateway(
                409, "ResourceGroupDeletionBlocked",
                $"Deletion of resource group '{group.Name}' failed as resources with identifiers 'Microsoft.CognitiveServices/accounts/{busy.Name}' could not be "
                + $"deleted. The provisioning state of the resource group will be rolled back. The tracking Id is '{Guid.NewGuid()}'. Please check audit logs for "
                + "more details.");
        }

        group.ProvisioningState = "Deleting";
        Operation operation = OperationResults.Start(
            request, group.Location, null, "Running",
            () =>
            {
                foreach (AccountState account in accounts)
                {
                    AccountOperations.SoftDelete(subscription, account, request.Emulation.Clock.Now);
                }

                subscription.Groups.Remove(group.Name);
            },
            () => group.ProvisioningState = "Succeeded");
        return new Reply { Status = 202 }
            .With("Location", OperationResults.GroupLink(request, operation))
            .With("Retry-After", OperationResults.RetryAfter(request));
    }

    private static JsonObject ToJson(ArmRequest request, ResourceGroupState group)
    {
        JsonObject json = new()
        {
            ["id"] = $"/subscriptions/{request.Subscription.Id}/resourceGroups/{group.Name}",
            ["name"] = group.Name,
            ["type"] = "Microsoft.Resources/resourceGroups",
            ["location"] = group.Location,
        };
        if (group.Tags is not null)
        {
            json["tags"] = group.Tags.DeepClone();
        }

        json["properties"] = new JsonObject { ["provisioningState"] = group.ProvisioningState };
        return json;
    }

    [GeneratedRegex(@"^[\p{L}\p{N}_.()-]+$")]
    private static partial Regex GroupName();
}
