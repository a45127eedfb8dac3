using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.Management;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.DataPlane.Chat;

/// <summary>The model in a response: that of the deployment, or for a model router the one that it chose.</summary>
internal static class ModelRouting
{
    private const string Router = "model-router";

    /// <summary>Prompts with at least this many tokens are routed to the larger model.</summary>
    private const int LongPrompt = 1000;

    public static string Name(DeploymentState deployment, ModelCatalogue catalogue, int promptTokens)
    {
        if (deployment.Model.Name != Router)
        {
            return DeploymentJson.UnderlyingModel(deployment.Model);
        }

        string[] chosen = [.. ((deployment.Properties["routing"] as JsonObject)?["models"] as JsonArray ?? [])
            .Select(m => JsonRead.Text((m as JsonObject)?["name"]) ?? JsonRead.Text(m)).OfType<string>()];
        string name = chosen.Length > 0 ? chosen[promptTokens >= LongPrompt ? ^1 : 0] : promptTokens >= LongPrompt ? "gpt-5" : "gpt-5-mini";
        return catalogue.Model("OpenAI", name, null) is { } model ? DeploymentJson.UnderlyingModel(model) : name;
    }
}
