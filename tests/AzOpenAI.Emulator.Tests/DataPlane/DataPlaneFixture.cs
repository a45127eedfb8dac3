using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.DataPlane;

/// <summary>A resource with deployments on an emulator, called over plain HTTP.</summary>
public abstract class DataPlaneFixture : EmulatorFixture
{
    protected const string V1 = "contoso/openai/v1/chat/completions";

    protected string Key { get; set; } = "";

    protected static JsonObject Gpt4o => DeploymentBody("gpt-4o", "2024-11-20", capacity: 400);

    protected async Task DeployAsync(JsonObject? deployment = null) => Key = await CreateChatAsync(deployment ?? Gpt4o);

    /// <summary>A chat body for the deployment "chat": a user's text and more members in JSON.</summary>
    protected static JsonObject Ask(string text, string more = "{}")
    {
        JsonObject body = Chat(text, "chat");
        foreach ((string name, JsonNode? value) in JsonNode.Parse(more)!.AsObject())
        {
            body[name] = value?.DeepClone();
        }

        return body;
    }

    protected Task<Answer> PostAsync(JsonNode body, string path = V1) => DataAsync(path, body, Key);

    protected async Task<JsonNode> OkAsync(JsonNode body, string path = V1)
    {
        Answer answer = await PostAsync(body, path);
        Assert.True(answer.Status == 200, $"{answer.Status}: {answer.Text}");
        return answer.Json;
    }

    protected async Task<JsonNode> ChoiceAsync(JsonNode body) => (await OkAsync(body))["choices"]![0]!;

    /// <summary>The events of a stream; the last one must be [DONE].</summary>
    protected async Task<List<JsonNode>> EventsAsync(JsonObject body, string path = V1)
    {
        body["stream"] = true;
        Answer answer = await PostAsync(body, path);
        Assert.True(answer.Status == 200, $"{answer.Status}: {answer.Text}");
        string[] parts = answer.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("data: [DONE]", parts[^1]);
        return [.. parts[..^1].Select(p => JsonNode.Parse(p["data: ".Length..])!)];
    }

    protected async Task RefusedAsync(JsonNode body, string message, string? param, string? code, string path = V1)
    {
        Answer answer = await PostAsync(body, path);
        Assert.True(answer.Status == 400, $"{answer.Status}: {answer.Text}");
        JsonNode error = answer.Json["error"]!;
        Assert.Equal(message, (string?)error["message"]);
        Assert.Equal(param, (string?)error["param"]);
        Assert.Equal(code, (string?)error["code"]);
    }
}
