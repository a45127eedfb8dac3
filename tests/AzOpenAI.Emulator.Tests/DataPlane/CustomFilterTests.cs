using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.DataPlane;

/// <summary>What deployments do that name a content filter policy of their own.</summary>
public sealed class CustomFilterTests : DataPlaneFixture
{
    [Theory]
    [InlineData("Low", "low", 400)]
    [InlineData("High", "medium", 200)]
    [InlineData("High", "high", 400)]
    public async Task The_threshold_of_the_policy_decides(string threshold, string severity, int status)
    {
        await DeployWithAsync(Rule("Hate", "Prompt", threshold));
        Answer answer = await PostAsync(Ask($"[[filter:hate={severity}]]"));
        Assert.Equal(status, answer.Status);
        JsonNode results = status == 400
            ? answer.Json["error"]!["innererror"]!["content_filter_result"]!
            : answer.Json["prompt_filter_results"]![0]!["content_filter_results"]!;
        Assert.Equal(severity, (string?)results["hate"]!["severity"]);
        Assert.Equal(status == 400, (bool)results["hate"]!["filtered"]!);
    }

    [Fact]
    public async Task What_only_annotates_lets_pass_and_what_is_off_says_nothing()
    {
        await DeployWithAsync(Rule("Jailbreak", "Prompt", blocking: false), Rule("Violence", "Prompt", enabled: false));
        JsonNode results = (await OkAsync(Ask("[[filter:jailbreak]] [[filter:violence]]")))["prompt_filter_results"]![0]!["content_filter_results"]!;
        Assert.Equal("""{"filtered":false,"detected":true}""", results["jailbreak"]!.ToJsonString());
        Assert.Null(results["violence"]);
    }

    [Fact]
    public async Task The_base_policy_has_the_rules_that_the_policy_does_not_name()
    {
        await DeployWithAsync(Rule("Hate", "Prompt", "High"));
        Assert.Equal(400, (await PostAsync(Ask("[[filter:violence=medium]]"))).Status);
        Assert.Equal(200, (await PostAsync(Ask("[[filter:profanity]]"))).Status);
    }

    [Fact]
    public async Task Each_side_has_rules_of_its_own()
    {
        await DeployWithAsync(Rule("Hate", "Prompt", enabled: false), Rule("Hate", "Completion", "Low"));
        JsonNode choice = await ChoiceAsync(Ask("[[filter:hate]] [[filter-completion:hate=low]]"));
        Assert.Equal("content_filter", (string?)choice["finish_reason"]);
        Assert.True((bool)choice["content_filter_results"]!["hate"]!["filtered"]!);
    }

    [Theory]
    [InlineData("We love FABRIKAM.", 400)]
    [InlineData("Ticket TCK-123456", 400)]
    [InlineData("Ticket TCK-12", 200)]
    public async Task A_term_of_a_blocklist_refuses_the_prompt_and_names_the_list(string prompt, int status)
    {
        await CreateAccountAsync();
        await BlockAsync("rivals", ("one", "Fabrikam", false), ("two", "TCK-[0-9]{6}", true));
        await DeployWithAsync([], ("rivals", "Prompt", true));
        Answer answer = await PostAsync(Ask(prompt));
        Assert.Equal(status, answer.Status);
        JsonNode results = status == 400
            ? answer.Json["error"]!["innererror"]!["content_filter_result"]!
            : answer.Json["prompt_filter_results"]![0]!["content_filter_results"]!;
        Assert.Equal(
            status == 400 ? """{"filtered":true,"details":[{"id":"rivals","filtered":true}]}""" : """{"filtered":false}""",
            results["custom_blocklists"]!.ToJsonString());
    }

    [Fact]
    public async Task A_blocklist_for_completions_withholds_the_answer()
    {
        await CreateAccountAsync();
        await BlockAsync("rivals", ("one", "Fabrikam", false));
        await DeployWithAsync([], ("rivals", "Completion", true));
        JsonNode choice = await ChoiceAsync(Ask("Tell me about Fabrikam"));
        Assert.Equal("content_filter", (string?)choice["finish_reason"]);
        Assert.True((bool)choice["content_filter_results"]!["custom_blocklists"]!["filtered"]!);
    }

    [Fact]
    public async Task A_change_of_the_policy_or_the_list_holds_from_the_next_request_on()
    {
        await CreateAccountAsync();
        await BlockAsync("rivals");
        await DeployWithAsync([], ("rivals", "Prompt", true));
        Assert.Equal(200, (await PostAsync(Ask("Fabrikam"))).Status);
        await BlockAsync("rivals", ("one", "Fabrikam", false));
        Assert.Equal(400, (await PostAsync(Ask("Fabrikam"))).Status);
        await SetPolicyAsync([], []);
        Assert.Equal(200, (await PostAsync(Ask("Fabrikam"))).Status);
    }

    [Fact]
    public async Task An_asynchronous_policy_filters_the_stream_behind_its_back()
    {
        await CreateAccountAsync();
        await SetPolicyAsync([], [], "Asynchronous_filter");
        await DeployGuardedAsync();
        List<JsonNode> events = await EventsAsync(Ask("Hello"));
        Assert.Contains(events, e => e["choices"] is JsonArray { Count: > 0 } choices && choices[0]!["content_filter_offsets"] is not null);
    }

    private static JsonObject Rule(string name, string source, string? severity = null, bool enabled = true, bool blocking = true)
    {
        JsonObject rule = new() { ["name"] = name, ["source"] = source, ["enabled"] = enabled, ["blocking"] = blocking };
        if (severity is not null)
        {
            rule["severityThreshold"] = severity;
        }

        return rule;
    }

    private async Task DeployWithAsync(params JsonObject[] rules)
    {
        await CreateAccountAsync();
        await SetPolicyAsync(rules, []);
        await DeployGuardedAsync();
    }

    private async Task DeployWithAsync(JsonObject[] rules, params (string Name, string Source, bool Blocking)[] lists)
    {
        await SetPolicyAsync(rules, lists);
        await DeployGuardedAsync();
    }

    private async Task DeployGuardedAsync()
    {
        JsonObject deployment = Gpt4o;
        deployment["properties"]!["raiPolicyName"] = "guard";
        await CreateDeploymentAsync(body: deployment);
        Key = await KeyAsync();
    }

    private async Task SetPolicyAsync(JsonObject[] rules, (string Name, string Source, bool Blocking)[] lists, string mode = "Blocking")
    {
        JsonObject properties = new()
        {
            ["basePolicyName"] = "Microsoft.DefaultV2",
            ["mode"] = mode,
            ["contentFilters"] = new JsonArray([.. rules]),
            ["customBlocklists"] = new JsonArray(
                [.. lists.Select(l => (JsonNode?)new JsonObject { ["blocklistName"] = l.Name, ["source"] = l.Source, ["blocking"] = l.Blocking })]),
        };
        Answer answer = await ArmAsync("PUT", AccountPath() + "/raiPolicies/guard", new JsonObject { ["properties"] = properties });
        Assert.True(answer.Status < 300, answer.Text);
    }

    private async Task BlockAsync(string list, params (string Name, string Pattern, bool IsRegex)[] items)
    {
        string path = $"{AccountPath()}/raiBlocklists/{list}";
        Assert.True((await ArmAsync("PUT", path, new JsonObject { ["properties"] = new JsonObject() })).Status < 300);
        foreach ((string name, string pattern, bool isRegex) in items)
        {
            JsonObject body = new() { ["properties"] = new JsonObject { ["pattern"] = pattern, ["isRegex"] = isRegex } };
            Assert.True((await ArmAsync("PUT", $"{path}/raiBlocklistItems/{name}", body)).Status < 300);
        }
    }
}
