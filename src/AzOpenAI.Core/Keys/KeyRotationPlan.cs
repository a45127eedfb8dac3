using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Keys;

/// <summary>What a rotation would change. Made of reads only.</summary>
public sealed record KeyRotationPlan
{
    internal KeyRotationPlan(KeyRotationRequest request, ResourceKey keys, KeyName keyInUse)
    {
        Request = request;
        Keys = keys;
        KeyInUse = keyInUse;
    }

    /// <summary>What was asked for.</summary>
    public KeyRotationRequest Request { get; }

    /// <summary>The key that the consumers use: left alone at first.</summary>
    public KeyName KeyInUse { get; }

    /// <summary>The key that is regenerated first.</summary>
    public KeyName SpareKey => KeyInUse == KeyName.Key1 ? KeyName.Key2 : KeyName.Key1;

    /// <summary>The changes in order.</summary>
    public IReadOnlyList<PlannedStep> Steps { get; internal init; } = [];

    /// <summary>Both keys as they were.</summary>
    internal ResourceKey Keys { get; }
}
