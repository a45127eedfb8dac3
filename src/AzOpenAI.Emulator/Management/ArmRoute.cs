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

    public bool IsCognitiveServices => Action.StartsWith("Microsoft.CognitiveServices/", StringComparison.Ordinal);
}
