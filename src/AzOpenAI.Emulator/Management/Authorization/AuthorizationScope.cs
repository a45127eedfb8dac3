namespace AzOpenAI.Emulator.Management.Authorization;

/// <summary>Scopes of role assignments.</summary>
internal static class AuthorizationScope
{
    private const string Subscription = "subscriptions/{subscription}";

    public static IReadOnlyList<string> Templates { get; } = [Subscription, Subscription + "/resourceGroups/{group}", AccountOperations.Item];

    /// <summary>The ID of the scope in the path, which must exist.</summary>
    public static string Of(ArmRequest request) =>
        request.Has("account") ? request.Account.Id
        : request.Has("group") ? $"/subscriptions/{request.Subscription.Id}/resourceGroups/{request.Group.Name}"
        : $"/subscriptions/{request.Subscription.Id}";
}
