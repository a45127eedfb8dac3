using System.Text;
using System.Text.Json.Nodes;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Management.Models;
using AzOpenAI.Core.Management.Providers;
using AzOpenAI.Core.Management.ResourceGroups;
using AzOpenAI.Core.Management.Resources;
using AzOpenAI.Core.Management.Subscriptions;
using AzOpenAI.Core.Management.Usages;

namespace AzOpenAI.Core.Tests.Management.Wire;

/// <summary>Whatever the service sends, a call ends in time with a value or with an error of ours that is documented, and no key is shown.</summary>
public sealed class FuzzTests
{
    private const int MutationsPerSeed = 60;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, Func<ManagementClient, Task>> Calls = new()
    {
        ["get account"] = c => c.Resources.GetAsync("rg", "contoso", ScriptedArm.Token),
        ["find account"] = c => c.Resources.FindAsync("rg", "contoso", ScriptedArm.Token),
        ["list accounts"] = c => ScriptedArm.AllAsync(c.Resources.ListAsync(null, ScriptedArm.Token)),
        ["keys"] = c => c.Resources.GetKeysAsync(ScriptedArm.Resource, null, ScriptedArm.Token),
        ["get deployment"] = c => c.Deployments.GetAsync(ScriptedArm.Resource, "gpt", ScriptedArm.Token),
        ["list deployments"] = c => ScriptedArm.AllAsync(c.Deployments.ListAsync(ScriptedArm.Resource, ScriptedArm.Token)),
        ["delete deployment"] = c => c.Deployments.DeleteAsync(ScriptedArm.Resource, "gpt", ScriptedArm.Token),
        ["models"] = c => ScriptedArm.AllAsync(c.Models.ListAsync("swedencentral", ScriptedArm.Token)),
        ["usages"] = c => ScriptedArm.AllAsync(c.Usages.ListAsync("swedencentral", ScriptedArm.Token)),
        ["provider"] = c => c.Providers.GetStateAsync(ScriptedArm.Token),
        ["regions"] = c => c.Providers.ListLocationsAsync(ScriptedArm.Token),
        ["subscriptions"] = c => ScriptedArm.AllAsync(c.Subscriptions.ListAsync(ScriptedArm.Token)),
        ["deleted accounts"] = c => c.DeletedResources.ListAsync(null, null, ScriptedArm.Token),
        ["group"] = c => c.ResourceGroups.ExistsAsync("rg", ScriptedArm.Token),
        ["create account"] = c => c.Writer.WriteAsync("gate", ArmRequest.Put(ArmPath.Account(ScriptedArm.Resource)), wait: true, ScriptedArm.Token),
        ["check a deployment"] = async c => await new DeploymentProvisioner(c).PlanAsync(new DeploymentRequest { Resource = ScriptedArm.Resource, Model = "gpt-4o" }, ScriptedArm.Token),
    };

    public static TheoryData<string> Answers => [.. HostileAnswers.All.Keys];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Fact]
    public async Task A_right_answer_is_no_failure()
    {
        foreach ((string name, Func<ManagementClient, Task> call) in Calls.Where(c => c.Key != "check a deployment"))
            Assert.Null(await OutcomeAsync(name, call, r => HostileAnswers.Make(HostileAnswers.Good(r), "application/json")));
    }

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task A_hostile_answer_ends_in_a_value_or_a_documented_error(string answer)
    {
        foreach ((string name, Func<ManagementClient, Task> call) in Calls)
            await OutcomeAsync($"{name} with {answer}", call, HostileAnswers.All[answer]);
    }

    [Theory]
    [InlineData("a next page on another host", "list accounts", "ForeignLink")]
    [InlineData("the same page for ever", "list accounts", "EndlessList")]
    [InlineData("new pages for ever", "models", "EndlessList")]
    [InlineData("a poll on another host", "create account", "ForeignLink")]
    [InlineData("a poll by Location on another host", "delete deployment", "ForeignLink")]
    [InlineData("a poll of an unknown status for ever", "create account", "OperationUnfinished")]
    [InlineData("a Location that leads to itself", "delete deployment", "OperationUnfinished")]
    [InlineData("a Retry-After of a year", "get account", "WaitTooLong")]
    [InlineData("a Retry-After in the year 9999", "get account", "WaitTooLong")]
    [InlineData("html page with 200", "get account", "InvalidResponse")]
    [InlineData("JSON a thousand levels deep", "get account", "InvalidResponse")]
    [InlineData("a broken body", "get account", "ServiceUnreachable")]
    public async Task A_known_trap_has_its_error(string answer, string call, string errorId) =>
        Assert.Equal(errorId, await OutcomeAsync(call, Calls[call], HostileAnswers.All[answer]));

    [Theory]
    [InlineData("good JSON called text")]
    [InlineData("good JSON without a type")]
    [InlineData("201 for a read")]
    [InlineData("JSON with a byte order mark")]
    [InlineData("a Date of words")]
    public async Task A_harmless_oddity_is_no_failure(string answer) =>
        Assert.Null(await OutcomeAsync(answer, Calls["get account"], HostileAnswers.All[answer]));

    /// <summary>Real bodies, changed at random; the seed of a failure is in the name of the test, the body in its message.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_body_changed_at_random_ends_in_a_value_or_a_documented_error(int seed)
    {
        var random = new Random(seed);
        for (int i = 0; i < MutationsPerSeed; i++)
        {
            (string name, Func<ManagementClient, Task> call) = Calls.ElementAt(random.Next(Calls.Count));
            int round = random.Next();
            string last = "";
            await OutcomeAsync(name, call, r =>
            {
                last = Mutate(HostileAnswers.Good(r), new Random(round));
                return HostileAnswers.Make(last, "application/json");
            }, () => last);
        }
    }

    /// <summary>Null for a value, else the ErrorId.</summary>
    private static async Task<string?> OutcomeAsync(string name, Func<ManagementClient, Task> call, Func<SentRequest, HttpResponseMessage> answer, Func<string>? shown = null)
    {
        ManagementClient client = ScriptedArm.Client(new ScriptedHandler(answer), maxWait: TimeSpan.FromMinutes(5));
        string Context() => shown is null ? name : $"{name} with {shown()}";
        try
        {
            await call(client).WaitAsync(Deadline, ScriptedArm.Token);
            return null;
        }
        catch (AzOpenAIException e)
        {
            Assert.True(Messages.ResourceManager.GetString(e.ErrorId, System.Globalization.CultureInfo.InvariantCulture) is not null, $"{Context()}: no ErrorId '{e.ErrorId}'");
            Assert.True(e.Message.Length is > 0 and < 32 * 1024, $"{Context()}: a message of {e.Message.Length} characters");
            Assert.DoesNotContain("canary", e.ToString() + e.Suggestion, StringComparison.Ordinal);
            return e.ErrorId;
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{Context()}: not over after {Deadline.TotalSeconds} s.");
            throw;
        }
        catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
        {
            Assert.Fail($"{Context()}: {e}");
            throw;
        }
    }

    private static string Mutate(string body, Random random) => random.Next(5) switch
    {
        0 => body[..random.Next(body.Length)],
        1 => Flip(body, random),
        2 => body.Insert(random.Next(body.Length), "\",{}[]0"[random.Next(7)].ToString()),
        _ => Swap(body, random),
    };

    private static string Flip(string body, Random random)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        for (int i = random.Next(1, 4); i > 0; i--)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Takes a member out, or gives it a value of another kind; the body stays JSON.</summary>
    private static string Swap(string body, Random random)
    {
        JsonNode root = JsonNode.Parse(body)!;
        List<(JsonNode Parent, string? Name, int Index)> places = [];
        Collect(root, places);
        (JsonNode parent, string? name, int index) = places[random.Next(places.Count)];
        JsonNode? value = random.Next(8) switch
        {
            0 => null,
            1 => JsonValue.Create(""),
            2 => JsonValue.Create(-1),
            3 => JsonValue.Create(1e300),
            4 => new JsonArray(),
            5 => new JsonObject { ["odd"] = true },
            6 => JsonValue.Create(new string('x', 5000)),
            _ => JsonValue.Create("9999-99-99"),
        };
        if (parent is JsonObject json && random.Next(3) == 0)
            json.Remove(name!);
        else if (parent is JsonObject changed)
            changed[name!] = value;
        else
            parent.AsArray()[index] = value;
        return root.ToJsonString();
    }

    private static void Collect(JsonNode node, List<(JsonNode Parent, string? Name, int Index)> places)
    {
        if (node is JsonObject json)
        {
            foreach ((string name, JsonNode? value) in json)
            {
                places.Add((json, name, 0));
                if (value is not null)
                    Collect(value, places);
            }
        }
        else if (node is JsonArray array)
        {
            for (int i = 0; i < array.Count; i++)
            {
                places.Add((array, null, i));
                if (array[i] is JsonNode value)
                    Collect(value, places);
            }
        }
    }
}
