namespace AzOpenAI.Core.Bulk;

/// <summary>What a journal is for.</summary>
/// <param name="Command">The command that writes it.</param>
/// <param name="Endpoint">Where it calls. Ports of this machine are left out: an emulator gets another one each time.</param>
/// <param name="Deployment">The deployment.</param>
internal sealed record JournalTarget(string Command, string Endpoint, string Deployment)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Command} with '{Deployment}' at {Endpoint}";
}
