using System.Reflection;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Tests.Management.Lifecycle;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Core.Tests.Management.Wire;

/// <summary>Every public method of the management services is called once, and each request that it sends is held against the table of operations.</summary>
public sealed class OperationTableTests : EmulatedAzure
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    /// <summary>Class and signature of every method that can send a request.</summary>
    public static TheoryData<string> Methods => [.. Services().SelectMany(s => Calls(s).Select(m => Name(s, m)))];

    protected override EmulatorOptions Options => new()
    {
        Seed = LiveState.Seed,
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task What_a_method_sends_is_in_the_table(string method)
    {
        int before = await CallAsync(method);
        Assert.True(Wire.Count > before, $"{method} sent no request: give {nameof(ArgumentSamples)} an argument with which it does.");
        AssertWire();
    }

    /// <summary>Methods and the writes that they must reach with the samples, so that their bodies are checked.</summary>
    public static TheoryData<string, string> Changes => new()
    {
        { "ResourceProvisioner.ApplyAsync(plan)", "Accounts_Create" },
        { "ResourceRemover.ApplyAsync(plan)", "Accounts_Delete" },
        { "ResourceOperations.RegenerateKeyAsync(resource, name, deployment)", "Accounts_RegenerateKey" },
        { "KeyRotator.ApplyAsync(plan, sink)", "Accounts_RegenerateKey" },
        { "DeploymentProvisioner.ApplyAsync(plan)", "Deployments_CreateOrUpdate" },
        { "DeploymentOperations.DeleteAsync(resource, name)", "Deployments_Delete" },
        { "DeploymentOperations.SuspendAsync(resource, deployment)", "Deployments_Pause" },
        { "DeploymentOperations.ResumeAsync(resource, deployment)", "Deployments_Resume" },
        { "ResourceOperations.GetKeysAsync(resource, deployment)", "Accounts_ListKeys" },
        { "DeletedResourceOperations.PurgeAsync(resource)", "DeletedAccounts_Purge" },
        { "ContentFilterProvisioner.ApplyAsync(plan)", "RaiPolicies_CreateOrUpdate" },
        { "ContentFilterOperations.DeleteAsync(resource, name)", "RaiPolicies_Delete" },
        { "BlocklistOperations.SetAsync(resource, name, description, live)", "RaiBlocklists_CreateOrUpdate" },
        { "BlocklistOperations.DeleteAsync(resource, name)", "RaiBlocklists_Delete" },
        { "BlocklistItemOperations.AddAsync(list, items)", "RaiBlocklistItems_BatchAdd" },
        { "BlocklistItemOperations.SetAsync(list, live, pattern, isRegex)", "RaiBlocklistItems_CreateOrUpdate" },
        { "BlocklistItemOperations.RemoveAsync(list, names)", "RaiBlocklistItems_BatchDelete" },
        { "AccessProvisioner.ApplyAsync(plan)", "RoleAssignments_Create (Account)" },
        { "AccessOperations.RevokeAsync(access)", "RoleAssignments_Delete (Account)" },
        { "ProviderOperations.RegisterAsync()", "Providers_Register" },
        { "ResourceGroupOperations.CreateAsync(name, location)", "ResourceGroups_CreateOrUpdate" },
        { "ResourceGroupOperations.DeleteAsync(name)", "ResourceGroups_Delete" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_calls_its_operation(string method, string operation)
    {
        int before = await CallAsync(method);
        Assert.Contains(operation, Called.Skip(before));
    }

    private async Task<int> CallAsync(string method)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        deadline.CancelAfter(Deadline);
        ArgumentSamples samples = new(Client, await LiveState.ReadAsync(Client, deadline.Token));
        (Type service, MethodInfo call) = Services().SelectMany(s => Calls(s).Select(m => (s, m))).Single(c => Name(c.s, c.m) == method);
        object instance = Instance(service);
        int before = Wire.Count;

        try
        {
            object?[] arguments = [];
            foreach (ParameterInfo parameter in call.GetParameters())
                arguments = [.. arguments, await PlanAsync(instance, parameter, samples, deadline.Token) ?? samples.For(parameter, service, deadline.Token)];
            await RunAsync(call.Invoke(instance, arguments));
        }
        catch (AzOpenAIException e) when (e.ErrorId is not ("InvalidResponse" or "ServiceError" or "ApiVersionRefused"))
        {
            // Refused for what the sample asks for; the requests up to there count all the same.
        }

        return before;
    }

    [Fact]
    public void The_table_names_each_operation_and_template_once()
    {
        IReadOnlyList<Operation> operations = OperationTable.Instance.Operations;
        Assert.Equal(operations.Count, operations.Select(o => o.Id).Distinct().Count());
        Assert.Equal(operations.Count, operations.Select(o => $"{o.Method} {o.Path}").Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(operations, o => Assert.Contains(o.Versions, OperationTable.Instance.Versions.Keys));
    }

    [Theory]
    [InlineData("PUT", "accounts/a", "2025-06-01", """{"location":"x","kind":"OpenAI","sku":{"name":"S0"},"tags":{"any":"thing"},"properties":{"networkAcls":{"ipRules":[{"value":"1"}]}}}""", null)]
    [InlineData("PUT", "accounts/a", "2025-06-01", """{"location":"x","properties":{"publicNetworkAcces":"Enabled"}}""", "'properties.publicNetworkAcces'")]
    [InlineData("PUT", "accounts/a", "2025-06-01", """{"location":"x","properties":{"networkAcls":{"ipRules":[{"ip":"1"}]}}}""", "'properties.networkAcls.ipRules[].ip'")]
    [InlineData("PUT", "accounts/a", "2025-06-01", """{"properties":{}}""", "'location' is missing")]
    [InlineData("PUT", "accounts/a", "2025-06-01", """{"location":"x","properties":{"storedCompletionsDisabled":true}}""", "came with 2025-09-01")]
    [InlineData("PUT", "accounts/a", "2025-06-01", null, "no body")]
    [InlineData("PATCH", "accounts/a/deployments/d", "2025-06-01", """{"properties":{"raiPolicyName":"x"}}""", "'properties")]
    [InlineData("PATCH", "accounts/a/deployments/d", "2023-05-01", """{"sku":{"name":"x"}}""", "it came with 2024-10-01")]
    [InlineData("GET", "accounts/a", "2019-01-01", null, "api-version '2019-01-01'")]
    [InlineData("GET", "accounts/a/nothing", "2025-06-01", null, "no operation")]
    [InlineData("GET", "accounts/a", "2025-06-01&expand=all", null, "'expand'")]
    [InlineData("POST", "accounts/a/listKeys", "2025-06-01", "{}", "takes no body")]
    [InlineData("POST", "accounts/a/raiBlocklists/b/deleteRaiBlocklistItems", "2025-06-01", """["a","b"]""", null)]
    public void The_check_finds_what_is_wrong(string method, string path, string version, string? body, string? problem)
    {
        Uri uri = new($"https://host/subscriptions/s/resourceGroups/g/providers/Microsoft.CognitiveServices/{path}?api-version={version}");
        (_, IReadOnlyList<string> problems) = OperationTable.Instance.Check(method, uri, body);
        if (problem is null)
            Assert.Empty(problems);
        else
            Assert.Contains(problems, p => p.Contains(problem, StringComparison.Ordinal));
    }

    private static IEnumerable<Type> Services() => typeof(ManagementClient).Assembly.GetTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false, Namespace: { } ns } && ns.StartsWith("AzOpenAI.Core.", StringComparison.Ordinal) && Constructor(t) is not null)
        .OrderBy(t => t.Name, StringComparer.Ordinal);

    private static ConstructorInfo? Constructor(Type type) => type
        .GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .FirstOrDefault(c => c.GetParameters() is [{ ParameterType: Type only }] && only == typeof(ManagementClient));

    private static IEnumerable<MethodInfo> Calls(Type service) => service
        .GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)
        .Where(m => m.GetParameters().LastOrDefault()?.ParameterType == typeof(CancellationToken));

    private static string Name(Type service, MethodInfo method) =>
        $"{service.Name}.{method.Name}({string.Join(", ", method.GetParameters().SkipLast(1).Select(p => p.Name))})";

    private static async Task<object?> PlanAsync(object instance, ParameterInfo parameter, ArgumentSamples samples, CancellationToken cancellationToken)
    {
        if (!parameter.ParameterType.Name.EndsWith("Plan", StringComparison.Ordinal))
            return null;
        MethodInfo planner = Calls(instance.GetType()).First(m => m.ReturnType == typeof(Task<>).MakeGenericType(parameter.ParameterType));
        return await RunAsync(planner.Invoke(instance, [.. planner.GetParameters().Select(p => samples.For(p, instance.GetType(), cancellationToken))]));
    }

    private static async Task<object?> RunAsync(object? running)
    {
        if (running is Task task)
        {
            await task;
            return task.GetType().GetProperty("Result")?.GetValue(task);
        }

        Type? stream = running!.GetType().GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>));
        Assert.True(stream is not null, $"{running.GetType()} is neither a task nor a stream.");
        await (Task)typeof(OperationTableTests).GetMethod(nameof(DrainAsync), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(stream.GetGenericArguments()).Invoke(null, [running])!;
        return null;
    }

    private static async Task DrainAsync<T>(IAsyncEnumerable<T> stream)
    {
        await foreach (T _ in stream)
        {
        }
    }

    private object Instance(Type service) => Constructor(service)!.Invoke([Client]);
}
