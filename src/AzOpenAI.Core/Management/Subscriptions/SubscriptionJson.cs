using System.Text.Json;
using System.Text.Json.Serialization;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Subscriptions;

internal sealed record SubscriptionDto(string? SubscriptionId, string? DisplayName, string? TenantId, string? State)
{
    public Subscription ToSubscription(ArmResponse answer) => new()
    {
        SubscriptionId = answer.Require(SubscriptionId, "subscriptionId"),
        Name = DisplayName ?? SubscriptionId!,
        TenantId = TenantId,
        State = State,
    };
}

[JsonSerializable(typeof(SubscriptionDto))]
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
internal sealed partial class SubscriptionJson : JsonSerializerContext;
