using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.Management;

/// <summary>One operation of the management plane.</summary>
/// <param name="Action">The RBAC action that it requires.</param>
/// <param name="Handler">Called under the subscription's gate.</param>
internal sealed record ArmRoute(string Action, Func<ArmRequest, Reply> Handler)
{
    /// <summary>The API version that introduced the operation.</summary>
    public string Since { get; init; } = "";

    /// <summary>True if it can change state.</summary>
    public bool IsWrite { get; init; }

    /// <summary>True if it changes an account or a child: one at a time per account.</summary>
    public bool LocksAccount { get; init; }

    /// <summary>True if ARM responds even if the namespace isn't registered.</summary>
    public bool AnyRegistration { get; init; }

    public bool IsAuthorization => Action.StartsWith("Microsoft.Authorization/", StringComparison.Ordinal);

    public bool IsCognitiveServices => Action.StartsWith("Microsoft.CognitiveServices/", StringComparison.Ordinal);

    /// <summary>Type of the operation's object, without its namespace, such as accounts/deployments.</summary>
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
