using System.Text.Json.Nodes;
using AzOpenAI.Emulator.DataPlane.Filters;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.DataPlane.Chat;

/// <summary>Chat completions on all routes, as JSON or as a stream.</summary>
internal sealed class ChatCompletions(Emulation emulation)
{
    /// <summary>Token cost of a request without max_tokens, for the rate limit.</summary>
    private const int DefaultCost = 16;

    /// <param name="request">The request.</param>
    /// <param name="name">Deployment in the path; null for the one in the body.</param>
    /// <returns>The response; null if it has been streamed.</returns>
    public async Task<Reply?> HandleAsync(DataPlaneRequest request, string? name)
    {
        JsonObject body = DeploymentAccess.ReadBody(request);
        DeploymentState deployment = DeploymentAccess.Find(request, name, body);
        DeploymentAccess.TakeLimits(request, deployment, "ChatCompletions_Create", ChatParameters.ReadMaxTokens(body) ?? DefaultCost);
        DeploymentAccess.CheckOperation(deployment, "chatCompletions", "chatCompletion");
        ChatParameters parameters = ChatParameters.Read(request, body, deployment.Model);
        CheckContext(parameters, deployment);
        ContentFilter filter = new(ContentFilterPolicies.For(request, deployment));
        FilterVerdict prompt = filter.Prompt(ChatText.All(parameters.Messages));
        if (prompt.Filtered)
        {
            throw DataPlaneErrors.ContentFiltered(prompt.ToJson());
        }

        await DeploymentAccess.ObeyAsync(request, parameters.Markers);
        request.Headers["X-Request-ID"] = Guid.NewGuid().ToString();
        ScriptedAnswer? scripted = emulation.Answers.Take(deployment.Name, parameters.LastUserText);
        if (scripted?.Json is { } json && !parameters.Stream)
        {
            return Reply.Ok(json.DeepClone());
        }

        ChatAnswer answer = ChatAnswers.To(request, parameters, deployment, scripted, filter, prompt);
        if (!parameters.Stream)
        {
            await DeploymentAccess.GenerateAsync(request, answer.CompletionTokens);
            return Reply.Ok(answer.ToJson());
        }

        IEnumerable<StreamEvent> events = scripted?.Events is { } given ? StreamEvent.Scripted(given) : new ChatChunks(parameters, answer, filter.Asynchronous, emulation.Settings).All();
        await new EventStream(request).SendAsync(events);
        return null;
    }

    private static void CheckContext(ChatParameters parameters, DeploymentState deployment)
    {
        if ((deployment.Model.Limits.ContextWindow ?? deployment.Model.Limits.MaxTotalTokens) is not { } window)
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
