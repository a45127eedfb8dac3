using System.Globalization;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Management;

/// <summary>Headers of all management responses.</summary>
internal static class ArmHeaders
{
    public static IEnumerable<(string Name, string Value)> Common(Exchange exchange, Emulation emulation)
    {
        string correlation = exchange.Header("x-ms-correlation-request-id") is { Length: > 0 } sent ? sent : Guid.NewGuid().ToString();
        yield return ("Cache-Control", "no-cache");
        yield return ("Pragma", "no-cache");
        yield return ("Expires", "-1");
        yield return ("X-Content-Type-Options", "nosniff");
        yield return ("X-Cache", "CONFIG_NOCACHE");
        yield return ("x-envoy-upstream-service-time", exchange.Elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture));
        yield return ("x-ms-operation-identifier", $"tenantId={AzureState.TenantId},objectId={AzureState.ObjectId}/swedencentral/{Guid.NewGuid()}");
        yield return ("x-ms-request-id", exchange.RequestId);
        yield return ("x-ms-correlation-request-id", correlation);
        string time = emulation.Clock.Now.UtcDateTime.ToString("yyyyMMddTHHmmssZ", CultureInfo.InvariantCulture);
        yield return ("x-ms-routing-request-id", $"SWEDENCENTRAL:{time}:{correlation}");
        if (exchange.Header("x-ms-client-request-id") is { Length: > 0 } client)
        {
            yield return ("x-ms-client-request-id", client);
        }
    }
}
