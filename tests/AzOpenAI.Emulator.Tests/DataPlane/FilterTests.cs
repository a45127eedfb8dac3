using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.DataPlane;

public sealed class FilterTests : DataPlaneFixture
{
    [Theory]
    [InlineData("hate", "severity", "high")]
    [InlineData("violence=medium", "severity", "medium")]
    [InlineData("jailbreak", "detected", "true")]
    [InlineData("indirect_attack", "detected", "true")]
    [InlineData("profanity", "detected", "true")]
    [InlineData("personally_identifiable_information", "detected", "true")]
    public async Task A_marked_prompt_is_refused_with_its_category(string marker, string member, string value)
    {
        await DeployAsync();
        Answer answer = await PostAsync(Ask($"Say [[filter:{marker}]]"));
        Assert.Equal(400, answer.Status);
        JsonNode error = answer.Json["error"]!;
        Assert.Equal("content_filter", (string?)error["code"]);
        Assert.Equal(400, (int)error["status"]!);
        JsonObject results = error["innererror"]!["content_filter_result"]!.AsObject();
        string category = marker.Split('=')[0];
        Assert.Equal(value, results[category]![member]!.ToString());
        Assert.Equal([category], results.Where(r => (bool)r.Value!["filtered"]!).Select(r => r.Key));
    }

    [Fact]
    public async Task What_is_below_the_threshold_is_annotated_only()
    {
        await DeployAsync();
        JsonNode json = await OkAsync(Ask("[[filter:sexual=low]]"));
        JsonNode result = json["prompt_filter_results"]![0]!["content_filter_results"]!["sexual"]!;
        Assert.Equal("""{"filtered":false,"severity":"low"}""", result.ToJsonString());
    }

    [Fact]
    public async Task A_mark_anywhere_in_the_conversation_counts()
    {
        await DeployAsync();
        JsonNode body = JsonNode.Parse("""
            {"model":"chat","messages":[{"role":"system","content":"[[filter:hate]]"},{"role":"user","content":"Hi"}]}
            """)!;
        Assert.Equal(400, (await PostAsync(body)).Status);
    }

    [Fact]
    public async Task A_filter_that_fails_says_so_and_lets_the_text_pass()
    {
        await DeployAsync();
        JsonNode json = await OkAsync(Ask("[[filter:error]] [[filter-completion:error]]"));
        Assert.Equal("content_filter_error", (string?)json["prompt_filter_results"]![0]!["content_filter_results"]!["error"]!["code"]);
        Assert.Equal("The contents are not filtered", (string?)json["choices"]![0]!["content_filter_results"]!["error"]!["message"]);
        Assert.Equal("stop", (string?)json["choices"]![0]!["finish_reason"]);
    }

    [Fact]
    public async Task Detections_of_an_answer_have_their_details()
    {
        await DeployAsync();
        JsonNode code = await ChoiceAsync(Ask("[[filter-completion:protected_material_code]]"));
        Assert.Equal("stop", (string?)code["finish_reason"]);
        Assert.Equal("MIT", (string?)code["content_filter_results"]!["protected_material_code"]!["citation"]!["license"]);
        JsonNode ungrounded = await ChoiceAsync(Ask("[[filter-completion:ungrounded_material]]"));
        string text = (string)ungrounded["message"]!["content"]!;
        Assert.Equal(text.Length, (int)ungrounded["content_filter_results"]!["ungrounded_material"]!["details"]![0]!["completion_end_offset"]!);
        JsonNode blocked = await ChoiceAsync(Ask("[[filter-completion:protected_material_text]]"));
        Assert.Equal("content_filter", (string?)blocked["finish_reason"]);
        Assert.Equal("", (string?)blocked["message"]!["content"]);
        Assert.True((bool)blocked["content_filter_results"]!["protected_material_text"]!["filtered"]!);
    }

    [Fact]
    public async Task A_stream_annotates_each_chunk_and_ends_with_what_was_filtered()
    {
        await DeployAsync();
        List<JsonNode> events = await EventsAsync(Ask("two words"));
        Assert.All(events[2..^1], e => Assert.Equal("safe", (string?)e["choices"]![0]!["content_filter_results"]!["hate"]!["severity"]));
        JsonNode end = (await EventsAsync(Ask("[[filter-completion:protected_material_text]]")))[^1]["choices"]![0]!;
        Assert.Equal("content_filter", (string?)end["finish_reason"]);
        Assert.True((bool)end["content_filter_results"]!["protected_material_text"]!["detected"]!);
    }

    [Fact]
    public async Task The_asynchronous_filter_reports_in_events_of_its_own_with_rising_offsets()
    {
        await DeployAsync();
        await ControlAsync("PATCH", "settings", new JsonObject { ["asynchronousFilter"] = true });
        const string prompt = "[[tokens:800]]";
        List<JsonNode> events = await EventsAsync(Ask(prompt));
        JsonNode[] texts = [.. events.Where(e => e["choices"]!.AsArray().Count == 1 && e["choices"]![0]!["delta"] is not null)];
        Assert.All(texts, e => Assert.False(e["choices"]![0]!.AsObject().ContainsKey("content_filter_results")));
        JsonNode[] signals = [.. events.Where(e => e["choices"]!.AsArray().Count == 1 && e["choices"]![0]!["delta"] is null)];
        Assert.All(signals, e => Assert.Equal(("", 0), ((string)e["id"]!, (int)e["created"]!)));
        int[] offsets = [.. signals.Select(e => (int)e["choices"]![0]!["content_filter_offsets"]!["check_offset"]!)];
        Assert.Equal(offsets.Order(), offsets);
        Assert.Equal(prompt.Length, offsets[0]);
        Assert.Equal(prompt.Length + 3200, (int)signals[^1]["choices"]![0]!["content_filter_offsets"]!["end_offset"]!);
        Assert.True(signals.Length >= 4, "There is a signal for about every 1000 characters.");
        Assert.Same(signals[^1], events[^1]);
        Assert.Contains(texts, e => (string?)e["choices"]![0]!["finish_reason"] == "stop");
    }

    [Fact]
    public async Task The_asynchronous_filter_lets_text_out_before_it_stops_the_stream()
    {
        await DeployAsync();
        await ControlAsync("PATCH", "settings", new JsonObject { ["asynchronousFilter"] = true });
        List<JsonNode> events = await EventsAsync(Ask("[[filter-completion:protected_material_text]]"));
        Assert.Contains(events, e => e["choices"]!.AsArray().Count == 1 && (string?)e["choices"]![0]!["delta"]?["content"] == " said:");
        Assert.DoesNotContain(events, e => e["choices"]!.AsArray().Count == 1 && (string?)e["choices"]![0]!["finish_reason"] == "stop");
        JsonNode end = events[^1]["choices"]![0]!;
        Assert.Equal("content_filter", (string?)end["finish_reason"]);
        Assert.Equal("""{"protected_material_text":{"filtered":true,"detected":true}}""", end["content_filter_results"]!.ToJsonString());
        JsonNode plain = await ChoiceAsync(Ask("[[filter-completion:protected_material_text]]"));
        Assert.Equal("content_filter", (string?)plain["finish_reason"]);
    }
}
