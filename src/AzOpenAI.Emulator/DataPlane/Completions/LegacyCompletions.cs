using System.Text.Json.Nodes;
using AzOpenAI.Emulator.DataPlane.Filters;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.DataPlane.Completions;

/// <summary>Legacy completions: one or several prompts, as JSON or as a stream.</summary>
internal sealed class LegacyCompletions(Emulation emulation)
{
    public async Task<Reply?> HandleAsync(DataPlaneRequest request, string? name)
    {
        JsonObject body = DeploymentAccess.ReadBody(request);
        DeploymentState deployment = DeploymentAccess.Find(request, name, body);
        DeploymentAccess.TakeLimits(request, deployment, "Completions_Create", LegacyParameters.Cost(body));
        DeploymentAccess.CheckOperation(deployment, "completions", "completion");
        LegacyParameters parameters = LegacyParameters.Read(body, deployment.Model);
        ContentFilter filter = new(ContentFilterPolicies.For(request, deployment));
        FilterVerdict[] prompts = [.. parameters.Prompts.Select(p => filter.Prompt(p.Text))];
        if (prompts.FirstOrDefault(p => p.Filtered) is { } refused)
        {
            throw DataPlaneErrors.ContentFiltered(refused.ToJson());
        }

        string all = string.Concat(parameters.Prompts.Select(p => p.Text));
        PromptMarkers markers = PromptMarkers.Read(all);
        await DeploymentAccess.ObeyAsync(request, markers);
        request.Headers["X-Request-ID"] = Guid.NewGuid().ToString();
        ScriptedAnswer? scripted = emulation.Answers.Take(deployment.Name, all);
        if (scripted?.Json is { } json && !parameters.Stream)
        {
            return Reply.Ok(json.DeepClone());
        }

        LegacyAnswer answer = LegacyAnswer.To(request, parameters, deployment, scripted, filter, prompts);
        if (!parameters.Stream)
        {
            await DeploymentAccess.GenerateAsync(request, answer.CompletionTokens);
            return Reply.Ok(answer.ToJson());
        }

        await new EventStream(request).SendAsync(
            scripted?.Events is { } given ? StreamEvent.Scripted(given) : answer.Events(parameters.IncludeUsage, emulation.Settings.ChunkCount));
        return null;
    }
}
