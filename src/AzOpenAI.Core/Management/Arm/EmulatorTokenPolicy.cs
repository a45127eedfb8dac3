using Azure.Core;
using Azure.Core.Pipeline;

namespace AzOpenAI.Core.Management.Arm;

/// <summary>The emulator's dummy token. The SDK's own bearer policy refuses plain http, rightly: no real token comes this way.</summary>
internal sealed class EmulatorTokenPolicy(string token) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message) => message.Request.Headers.SetValue("Authorization", $"Bearer {token}");
}
