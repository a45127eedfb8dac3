using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.DataPlane;

public sealed class StreamTests : EmulatorFixture
{
    private const string V1 = "contoso/openai/v1/chat/completions";

    [Fact]
    public async Task Events_come_in_the_order_of_the_service()
    {
        string key = await CreateChatAsync();
        List<JsonNode> events = await EventsAsync(key, Body("Hello big world", includeUsage: true));
        Assert.Empty(events[0]["choices"]!.AsArray());
        Assert.NotNull(events[0]["prompt_filter_results"]);
        Assert.Equal("", (string?)events[0]["id"]);
        Assert.Equal("assistant", (string?)events[1]["choices"]![0]!["delta"]!["role"]);
        string text = string.Concat(events[2..^2].Select(e => (string?)e["choices"]![0]!["delta"]!["content"]));
        Assert.Equal("You said: Hello big world", text);
        Assert.True(events.Count > 6, "The text comes in several pieces.");
        Assert.Equal("stop", (string?)events[^2]["choices"]![0]!["finish_reason"]);
        Assert.Equal("{}", events[^2]["choices"]![0]!["delta"]!.ToJsonString());
        Assert.Empty(events[^1]["choices"]!.AsArray());
        Assert.True((int)events[^1]["usage"]!["total_tokens"]! > 0);
        Assert.All(events[1..], e => Assert.Equal("gpt-5-mini-2025-08-07", (string?)e["model"]));
    }

    [Fact]
    public async Task Usage_comes_only_when_asked_for()
    {
        string key = await CreateChatAsync();
        List<JsonNode> events = await EventsAsync(key, Body("Hello"));
        Assert.DoesNotContain(events, e => e["usage"] is not null);
        Assert.Equal("stop", (string?)events[^1]["choices"]![0]!["finish_reason"]);
    }

    [Fact]
    public async Task Usage_is_that_of_the_plain_answer()
    {
        string key = await CreateChatAsync();
        JsonNode plain = (await DataAsync(V1, Chat("Hello", "chat"), key)).Json;
        List<JsonNode> events = await EventsAsync(key, Body("Hello", includeUsage: true));
        Assert.Equal(plain["usage"]!.ToJsonString(), events[^1]["usage"]!.ToJsonString());
    }

    [Fact]
    public async Task A_filtered_answer_ends_with_its_reason()
    {
        string key = await CreateChatAsync();
        List<JsonNode> events = await EventsAsync(key, Body("[[filter-completion:hate]]"));
        Assert.Equal("content_filter", (string?)events[^1]["choices"]![0]!["finish_reason"]);
        Answer refused = await DataAsync(V1, Body("[[filter:jailbreak]]"), key);
        Assert.Equal(400, refused.Status);
        Assert.StartsWith("application/json", refused.Header("Content-Type"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_number_of_chunks_can_be_set()
    {
        string key = await CreateChatAsync();
        await ControlAsync("PATCH", "settings", new JsonObject { ["chunkCount"] = 200 });
        List<JsonNode> events = await EventsAsync(key, Body("Hello"));
        Assert.Equal(200, events.Count(e => e["choices"]!.AsArray().Count == 1 && e["choices"]![0]!["delta"]!.AsObject().Count == 1));
    }

    [Fact]
    public async Task The_first_chunk_is_there_long_before_the_last()
    {
        string key = await CreateChatAsync();
        await ControlAsync("POST", "faults", new JsonObject { ["kind"] = "stall", ["afterChunks"] = 2, ["match"] = new JsonObject { ["plane"] = "data" } });
        using HttpRequestMessage request = new(HttpMethod.Post, V1) { Content = new StringContent(Body("a b c d e f").ToJsonString()) };
        request.Headers.Add("api-key", key);
        using HttpResponseMessage response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync(Stop));
        string read = "";
        while (!read.Contains("said:", StringComparison.Ordinal))
        {
            read += await reader.ReadLineAsync(Stop) + "\n";
        }

        Assert.DoesNotContain("[DONE]", read, StringComparison.Ordinal);
        await ControlAsync("DELETE", "faults");
        Assert.EndsWith("data: [DONE]\n\n", await reader.ReadToEndAsync(Stop), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tool_calls_come_in_pieces()
    {
        string key = await CreateChatAsync();
        JsonObject body = Body("Paris");
        body["tool_choice"] = "required";
        body["tools"] = JsonNode.Parse("""[{"type":"function","function":{"name":"weather","parameters":{"properties":{"city":{"type":"string"}}}}}]""");
        List<JsonNode> events = await EventsAsync(key, body);
        JsonNode[] calls = [.. events.Select(e => e["choices"]!.AsArray().Count == 0 ? null : e["choices"]![0]!["delta"]!["tool_calls"]?[0]).OfType<JsonNode>()];
        Assert.Equal("weather", (string?)calls[0]["function"]!["name"]);
        Assert.All(calls[1..], c => Assert.Null(c["id"]));
        Assert.Equal("""{"city":"Paris"}""", string.Concat(calls.Select(c => (string?)c["function"]!["arguments"])));
    }

    [Fact]
    public async Task Events_can_be_scripted()
    {
        string key = await CreateChatAsync();
        await ControlAsync("POST", "answers", new JsonObject { ["events"] = new JsonArray(new JsonObject { ["a"] = 1 }) });
        Assert.Equal("data: {\"a\":1}\n\ndata: [DONE]\n\n", (await DataAsync(V1, Body("x"), key)).Text);
    }

    [Fact]
    public async Task Characters_beyond_the_first_plane_are_never_cut_in_two()
    {
        string key = await CreateChatAsync(DeploymentBody("gpt-4o", "2024-11-20"));
        const string text = "🙂🙃🙂🙃🙂🙃🙂🙃";
        foreach (int count in new[] { 3, 7, 11, 40 })
        {
            await ControlAsync("PATCH", "settings", new JsonObject { ["chunkCount"] = count });
            JsonObject body = Body(text);
            body["logprobs"] = true;
            List<JsonNode> events = await EventsAsync(key, body);
            string received = string.Concat(events.SelectMany(e => e["choices"]!.AsArray()).Select(c => (string?)c!["delta"]!["content"]));
            Assert.DoesNotContain("\uFFFD", received, StringComparison.Ordinal);
            Assert.Equal("You said: " + text, received.Replace(".", "", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Obfuscation_comes_where_it_is_asked_for()
    {
        string key = await CreateChatAsync();
        JsonObject body = Body("Hello", includeUsage: true);
        body["stream_options"]!["include_obfuscation"] = true;
        List<JsonNode> events = await EventsAsync(key, body);
        Assert.All(events[1..], e => Assert.NotNull(e["obfuscation"]));
        Assert.DoesNotContain(await EventsAsync(key, Body("Hello")), e => e["obfuscation"] is not null);
    }

    private static JsonObject Body(string text, bool includeUsage = false)
    {
        JsonObject body = Chat(text, "chat");
        body["stream"] = true;
        if (includeUsage)
        {
            body["stream_options"] = new JsonObject { ["include_usage"] = true };
        }

        return body;
    }

    private async Task<List<JsonNode>> EventsAsync(string key, JsonObject body)
    {
        Answer answer = await DataAsync(V1, body, key);
        Assert.Equal("text/event-stream; charset=utf-8", answer.Header("Content-Type"));
        string[] parts = answer.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.All(parts, p => Assert.StartsWith("data: ", p, StringComparison.Ordinal));
        Assert.Equal("data: [DONE]", parts[^1]);
        return [.. parts[..^1].Select(p => JsonNode.Parse(p["data: ".Length..])!)];
    }
}
