using System.Globalization;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.Limits;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>Finds the deployment of a request and checks it: body, name, existence, limits, type of model.</summary>
internal static class DeploymentAccess
{
    public static JsonObject ReadBody(DataPlaneRequest request) => request.Exchange.ReadObject(out _) ?? throw BodyErrors.Unparsable();

    /// <summary>The deployment in the path, or else in the body.</summary>
    public static DeploymentState Find(DataPlaneRequest request, string? name, JsonObject body)
    {
        name ??= JsonRead.Text(body["model"]) ?? throw DataPlaneErrors.Invalid("you must provide a model parameter", null, null);
        lock (request.Subscription.Gate)
        {
            DeploymentState? deployment = request.Account.Deployments.GetValueOrDefault(name);
            if (deployment is null || deployment.ProvisioningState is "Creating" || request.Emulation.Clock.Uptime < deployment.VisibleAt)
            {
                throw request.IsOpenAI ? OpenAIErrors.ModelNotFound(name) : DataPlaneErrors.DeploymentNotFound();
            }

            return deployment.Paused ? throw DataPlaneErrors.Paused(deployment.Name) : deployment;
        }
    }

    /// <summary>Deducts a request from the limits, or throws 429. Requests that fail later are counted too.</summary>
    /// <param name="request">The request; gets the x-ratelimit headers.</param>
    /// <param name="deployment">The deployment with the limits.</param>
    /// <param name="operation">The operation's ID, for the message.</param>
    /// <param name="cost">Estimated tokens of the request.</param>
    public static void TakeLimits(DataPlaneRequest request, DeploymentState deployment, string operation, double cost)
    {
        EmulatorSettings settings = request.Emulation.Settings;
        if (!settings.RateLimits)
        {
            return;
        }

        if (deployment.Sku.RateLimits.Count == 0)
        {
            if (deployment.Sku.Name.Contains("Provisioned", StringComparison.OrdinalIgnoreCase) && settings.ProvisionedUtilization >= 100)
            {
                throw DataPlaneErrors.ProvisionedExhausted(1);
            }

            return;
        }

        RateLimitResult result = deployment.Limiter.TryTake(
            deployment.Sku.RateLimits, deployment.Capacity, Math.Max(cost, 1), request.Emulation.Clock.Uptime, settings.RequestWindow);
        Set("x-ratelimit-limit-requests", result.RequestLimit);
        Set("x-ratelimit-remaining-requests", result.RequestsRemaining);
        Set("x-ratelimit-reset-requests", result.RequestReset);
        Set("x-ratelimit-limit-tokens", result.TokenLimit);
        Set("x-ratelimit-remaining-tokens", result.TokensRemaining);
        Set("x-ratelimit-reset-tokens", result.TokenReset);
        if (!result.Allowed)
        {
            request.Headers.Remove(result.Tokens ? "x-ratelimit-reset-requests" : "x-ratelimit-reset-tokens");
            throw DataPlaneErrors.RateLimitExceeded(operation, request.ApiVersion, result.Tokens, result.RetryAfter);
        }

        void Set(string header, double? value)
        {
            if (value is { } number)
            {
                request.Headers[header] = ((long)number).ToString(CultureInfo.InvariantCulture);
            }
        }
    }

    public static void CheckOperation(DeploymentState deployment, string api, string operation)
    {
        if (!deployment.Model.Supports(api))
        {
            throw DataPlaneErrors.OperationNotSupported(operation, deployment.Model.Name);
        }
    }

    /// <summary>Throws the error in the prompt's marker, and waits for the delay in it.</summary>
    public static async Task ObeyAsync(DataPlaneRequest request, PromptMarkers markers)
    {
        if (markers.Delay > TimeSpan.Zero)
        {
            await Task.Delay(markers.Delay, request.Exchange.Aborted);
        }

        if (markers.Error is { } name)
        {
            throw new ReplyException(NamedErrors.Find(name) ?? Errors.Simple(
                400, "UnknownMarker", $"The emulator doesn't have an error '{name}'. Known errors: {string.Join(", ", NamedErrors.Names)}."));
        }
    }

    /// <summary>A complete response takes as long as its tokens would in a stream.</summary>
    public static async Task GenerateAsync(DataPlaneRequest request, int tokens)
    {
        if (request.Emulation.Settings.TokensPerSecond is > 0 and { } speed)
        {
            await Task.Delay(TimeSpan.FromSeconds(tokens / speed), request.Exchange.Aborted);
        }
    }
}
