using System.Globalization;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.Limits;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>Chat completions on both routes, as JSON or as a stream.</summary>
internal sealed class ChatCompletions(Emulation emulation)
{
    /// <summary>What a request without max_tokens costs the token limit.</summary>
    private const int DefaultCost = 16;

    /// <param name="request">The request.</param>
    /// <param name="name">Deployment of the path; null takes it from the body's model.</param>
    /// <returns>The answer; null where it has been streamed.</returns>
    public async Task<Reply?> HandleAsync(DataPlaneRequest request, string? name)
    {
        JsonObject body = request.Exchange.ReadObject(out string? problem)
            ?? throw DataPlaneErrors.Invalid(
                "We could not parse the JSON body of your request. " + (problem ?? "The body is empty."), null, null);
        name ??= body["model"] is JsonValue value && value.TryGetValue(out string? model)
            ? model
            : throw DataPlaneErrors.Invalid("you must provide a model parameter", null, null);
        DeploymentState deployment = Find(request, name);
        TakeLimits(request, deployment, ChatParameters.ReadMaxTokens(body));
        if (!deployment.Model.Supports("chatCompletions"))
        {
            throw DataPlaneErrors.OperationNotSupported("chatCompletion", deployment.Model.Name);
        }

        ChatParameters parameters = ChatParameters.Read(body, deployment.Model);
        CheckContext(parameters, deployment);
        if (ContentFilters.PromptTrigger(string.Concat(parameters.Messages.OfType<JsonObject>().Select(ChatText.Of))) is { } category)
        {
            throw DataPlaneErrors.ContentFiltered(ContentFilters.Prompt(category));
        }

        request.Headers["X-Request-ID"] = Guid.NewGuid().ToString();
        ScriptedAnswer? scripted = emulation.Answers.Take(deployment.Name);
        if (scripted?.Json is { } json && !parameters.Stream)
        {
            return Reply.Ok(json.DeepClone());
        }

        ChatAnswer answer = ChatAnswer.To(parameters, deployment.Model, scripted?.Text, emulation.Clock.Now);
        if (!parameters.Stream)
        {
            return Reply.Ok(answer.ToJson());
        }

        await new ChatStream(request, parameters, answer, scripted?.Events).SendAsync();
        return null;
    }

    private DeploymentState Find(DataPlaneRequest request, string name)
    {
        lock (request.Subscription.Gate)
        {
            DeploymentState? deployment = request.Account.Deployments.GetValueOrDefault(name);
            if (deployment is null || deployment.ProvisioningState is "Creating" || emulation.Clock.Uptime < deployment.VisibleAt)
            {
                throw DataPlaneErrors.DeploymentNotFound();
            }

            return deployment.Paused ? throw DataPlaneErrors.Paused(deployment.Name) : deployment;
        }
    }

    private void TakeLimits(DataPlaneRequest request, DeploymentState deployment, int? maxTokens)
    {
        if (!emulation.Settings.RateLimits || deployment.Sku.RateLimits.Count == 0)
        {
            return;
        }

        RateLimitResult result = deployment.Limiter.TryTake(
            deployment.Sku.RateLimits, deployment.Capacity, Math.Max(maxTokens ?? DefaultCost, 1), emulation.Clock.Uptime);
        Set("x-ratelimit-limit-requests", result.RequestLimit);
        Set("x-ratelimit-remaining-requests", result.RequestsRemaining);
        Set("x-ratelimit-limit-tokens", result.TokenLimit);
        Set("x-ratelimit-remaining-tokens", result.TokensRemaining);
        if (!result.Allowed)
        {
            throw DataPlaneErrors.RateLimitExceeded("ChatCompletions_Create", request.ApiVersion, result.Tokens, result.RetryAfter);
        }

        void Set(string header, double? value)
        {
            if (value is { } number)
            {
                request.Headers[header] = ((long)number).ToString(CultureInfo.InvariantCulture);
            }
        }
    }

    private static void CheckContext(ChatParameters parameters, DeploymentState deployment)
    {
        if (deployment.Model.Limits.ContextWindow is not { } window)
        {
            return;
        }

        int prompt = TokenCounter.Count(parameters.Messages);
        if (prompt > window || (parameters.MaxTokens is { } asked && (long)prompt + asked > window))
        {
            throw DataPlaneErrors.ContextLengthExceeded(window, prompt, prompt > window ? null : parameters.MaxTokens);
        }
    }
}
