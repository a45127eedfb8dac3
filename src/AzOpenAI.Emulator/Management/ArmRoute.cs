using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Management;

/// <summary>One operation of the management plane.</summary>
/// <param name="Action">RBAC action that it needs.</param>
/// <param name="Handler">Called under the subscription's gate.</param>
internal sealed record ArmRoute(string Action, Func<ArmRequest, Reply> Handler)
{
    /// <summary>Api-version in which the operation appeared.</summary>
    public string Since { get; init; } = "";

    /// <summary>It can change state.</summary>
    public bool IsWrite { get; init; }

    /// <summary>It changes an account or a child: one at a time per account.</summary>
    public bool LocksAccount { get; init; }

    /// <summary>It is answered by ARM even where the namespace is not registered.</summary>
    public bool AnyRegistration { get; init; }

    public bool IsAuthorization => Action.StartsWith("Microsoft.Authorization/", StringComparison.Ordinal);

    public bool IsCognitiveServices => Action.StartsWith("Microsoft.CognitiveServices/", StringComparison.Ordinal);

    /// <summary>Type that the operation acts on, without its namespace, such as accounts/deployments.</summary>
    public string ResourceType
    {
        get
        {
            string[] parts = Action.Split('/');
            int verb = parts is [.., _, "action"] && parts.Length > 3 ? 2 : 1;
            return string.Join('/', parts[1..^verb]);
        }
    }
}
