using Azure.Core;
using Azure.Core.Pipeline;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>Sends the emulator's dummy token. The SDK's own bearer policy rejects plain http, correctly: a real token is never sent like this.</summary>
internal sealed class EmulatorTokenPolicy(string token) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message) => message.Request.Headers.SetValue("Authorization", $"Bearer {token}");
}
