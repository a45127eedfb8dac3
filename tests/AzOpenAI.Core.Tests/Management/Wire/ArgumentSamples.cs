using System.Reflection;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Access;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Blocklists;
using AzOpenAI.Core.Management.ContentFilters;
using AzOpenAI.Core.Management.Deployments;

namespace AzOpenAI.Core.Tests.Management.Wire;

/// <summary>Makes arguments for any method of the management services, with every optional member filled in, so that each part of a body is sent.</summary>
internal sealed class ArgumentSamples(ManagementClient client, LiveState live)
{
    private static readonly Dictionary<string, string> Texts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["resourceGroup"] = "rg",
        ["group"] = "rg",
        ["resourceGroupName"] = "rg",
        ["location"] = "swedencentral",
        ["kind"] = "OpenAI",
        ["deployment"] = "chat",
        ["nameOrId"] = "Emulator",
        ["model"] = "gpt-5-mini",
        ["version"] = "2025-08-07",
        ["format"] = "OpenAI",
        ["sku"] = "GlobalStandard",
        ["versionUpgrade"] = "NoAutoUpgrade",
        ["contentFilter"] = "Microsoft.Default",
        ["spillover"] = "chat",
        ["publicNetworkAccess"] = "Enabled",
        ["identityType"] = "SystemAssigned, UserAssigned",
        ["userAssignedIdentity"] = "/subscriptions/11111111-1111-4111-8111-111111111111/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/one",
        ["allowedIpRange"] = "203.0.113.0/24",
        ["keyName"] = "Key1",
        ["customSubdomain"] = "fresh",
        ["resourceName"] = "contoso",
        ["role"] = "User",
        ["principalType"] = "User",
        ["principalId"] = "cccccccc-cccc-4ccc-8ccc-cccccccccccc",
    };

    private int _depth;

    /// <summary>An argument for a parameter of a method of a service.</summary>
    /// <exception cref="NotSupportedException">Nobody has said what a sample of the type is.</exception>
    public object? For(ParameterInfo parameter, Type service, CancellationToken cancellationToken) =>
        parameter.ParameterType == typeof(CancellationToken) ? cancellationToken
        : parameter.ParameterType == typeof(bool) ? false
        : parameter.Member.Name == "ResumeAsync" && parameter.ParameterType == typeof(Deployment) ? live.Paused
        : Make(parameter.ParameterType, parameter.Name!, service, existing: parameter.Name == "name" && parameter.Member.Name != "CreateAsync");

    private object? Make(Type type, string name, Type service, bool existing)
    {
        Type core = Nullable.GetUnderlyingType(type) ?? type;
        if (core == typeof(string))
            return Text(name, service, existing);
        if (live.Find(core) is object found)
            return found;
        if (core == typeof(ManagementClient))
            return client;
        if (core == typeof(Func<RotatedKey, CancellationToken, Task>))
            return (RotatedKey _, CancellationToken _) => Task.CompletedTask;
        if (core == typeof(bool))
            return true;
        if (core == typeof(int))
            return 10;
        if (core == typeof(double))
            return 10d;
        if (core == typeof(DateTimeOffset))
            return client.ServiceNow;
        if (core == typeof(Guid))
            return Guid.Parse(Texts["principalId"]);
        if (core == typeof(TimeSpan))
            return TimeSpan.FromSeconds(1);
        if (core == typeof(Uri))
            return live.Resource.Endpoint;
        if (core.IsEnum)
            return Enum.GetValues(core).GetValue(0);
        if (core == typeof(IReadOnlyDictionary<string, string>))
            return new Dictionary<string, string> { ["team"] = "one" };
        if (core == typeof(DeploymentRequest))
            return LiveState.DeploymentRequest(live.Resource, "fresh");
        if (core == typeof(Func<Deployment, DeploymentRequest>))
            return (Deployment d) => LiveState.DeploymentRequest(live.Resource, d.Name) with { Sku = null, Capacity = 12, Spillover = null };
        if (core == typeof(RawRequest))
            return new RawRequest { Method = "GET", Path = live.Resource.Id + "/deployments" };
        if (core == typeof(ContentFilterRequest))
            return LiveState.FilterRequest(live.Resource, "fresh");
        if (core.IsGenericType && core.IsInterface && core.GetGenericArguments() is [Type item] && Make(item, name, service, existing) is object element)
            return List(item, element);
        if (core.IsClass && !core.IsAbstract && core.Namespace?.StartsWith("AzOpenAI", StringComparison.Ordinal) is true && _depth < 4)
            return Record(core, service);
        throw new NotSupportedException($"There is no sample of {type} for '{name}': say in {nameof(ArgumentSamples)} what one is.");
    }

    private string Text(string name, Type service, bool existing) =>
        name.Equals("name", StringComparison.OrdinalIgnoreCase) ? NameFor(service, existing)
        : name.Equals("id", StringComparison.OrdinalIgnoreCase) ? service == typeof(AccessOperations) ? live.Access.Id : live.Resource.Id
        : name.Equals("subscriptionId", StringComparison.OrdinalIgnoreCase) ? client.SubscriptionId
        : Texts.GetValueOrDefault(name, "sample");

    private static string NameFor(Type service, bool existing) =>
        !existing ? "fresh"
        : service.Name.StartsWith("Deployment", StringComparison.Ordinal) ? "chat"
        : service.Name.StartsWith("ResourceGroup", StringComparison.Ordinal) ? "rg"
        : service.Name.StartsWith("Deleted", StringComparison.Ordinal) ? "gone"
        : service.Name.StartsWith("ContentFilter", StringComparison.Ordinal) ? LiveState.Filter
        : service == typeof(BlocklistOperations) ? LiveState.List
        : service == typeof(BlocklistItemOperations) ? LiveState.Item
        : "contoso";

    private static Array List(Type item, object element)
    {
        Array list = Array.CreateInstance(item, 1);
        list.SetValue(element, 0);
        return list;
    }

    private object? TryMake(PropertyInfo property, Type service)
    {
        try
        {
            return Make(property.PropertyType, property.Name, service, existing: false);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private object Record(Type type, Type service)
    {
        _depth++;
        try
        {
            ConstructorInfo constructor = type.GetConstructors().OrderBy(c => c.GetParameters().Length).First();
            object record = constructor.Invoke([.. constructor.GetParameters().Select(p => Make(p.ParameterType, p.Name!, service, existing: false))]);
            foreach (PropertyInfo property in type.GetProperties().Where(p => p.CanWrite && p.PropertyType != typeof(bool) && p.GetValue(record) is null))
            {
                // A member that nobody has a sample of, such as a callback, stays as the caller who says nothing leaves it.
                if (TryMake(property, service) is object value)
                    property.SetValue(record, value);
            }

            return record;
        }
        finally
        {
            _depth--;
        }
    }
}
