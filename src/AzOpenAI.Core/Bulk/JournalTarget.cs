namespace AzOpenAI.Core.Bulk;

/// <summary>The purpose of a journal.</summary>
/// <param name="Command">The command that writes it.</param>
/// <param name="Endpoint">The endpoint that it calls. Ports on loopback are omitted, because an emulator gets a different one each time.</param>
/// <param name="Deployment">The deployment.</param>
internal sealed record JournalTarget(string Command, string Endpoint, string Deployment)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Command} with '{Deployment}' at {Endpoint}";
}
