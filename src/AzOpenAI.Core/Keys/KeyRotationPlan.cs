using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Keys;

/// <summary>The changes of a rotation. Created with reads only.</summary>
public sealed record KeyRotationPlan
{
    internal KeyRotationPlan(KeyRotationRequest request, ResourceKey keys, KeyName keyInUse)
    {
        Request = request;
        Keys = keys;
        KeyInUse = keyInUse;
    }

    /// <summary>The request.</summary>
    public KeyRotationRequest Request { get; }

    /// <summary>The key that clients use, which isn't changed at first.</summary>
    public KeyName KeyInUse { get; }

    /// <summary>The key that is regenerated first.</summary>
    public KeyName SpareKey => KeyInUse == KeyName.Key1 ? KeyName.Key2 : KeyName.Key1;

    /// <summary>The changes in order.</summary>
    public IReadOnlyList<PlannedStep> Steps { get; internal init; } = [];

    /// <summary>Both keys before the rotation.</summary>
    internal ResourceKey Keys { get; }
}
