using System.Reflection;
using System.Runtime.Loader;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Resources;
using AzOpenAI.Core.Tests.Management;

namespace AzOpenAI.Core.Tests.Authentication;

/// <summary>A session on the emulator, or one that has asked for nothing yet, does without the credential packages.</summary>
public sealed class LazyLoadTests
{
    [Fact]
    public async Task Azure_identity_is_not_loaded_before_a_token_is_needed()
    {
        var separate = new SeparateContext();
        Assembly tests = separate.LoadFromAssemblyPath(typeof(LazyLoadTests).Assembly.Location);
        MethodInfo run = tests.GetType(typeof(LazyLoadTests).FullName!)!.GetMethod(nameof(RunAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

        await (Task)run.Invoke(null, null)!;

        string[] loaded = [.. separate.Assemblies.Select(a => a.GetName().Name!)];
        Assert.Contains("AzOpenAI.Core", loaded);
        Assert.DoesNotContain("Azure.Identity", loaded);
        Assert.DoesNotContain("Microsoft.Identity.Client", loaded);
    }

    private static async Task RunAsync()
    {
        TokenSource tokens = TokenSources.Create(new CredentialOptions(), CloudEnvironment.AzureCloud);
        var real = new Context { SubscriptionId = ScriptedArm.SubscriptionId, Environment = CloudEnvironment.AzureCloud, TokenSource = tokens };
        _ = new ManagementClient(real, new ServiceOptions());
        await ScriptedArm.Client(new ScriptedHandler(_ => ScriptedHandler.Json(ScriptedArm.AccountJson()))).Resources.GetAsync("rg", "contoso", CancellationToken.None);
    }

    private sealed class SeparateContext() : AssemblyLoadContext("lazy")
    {
        private readonly AssemblyDependencyResolver _resolver = new(typeof(LazyLoadTests).Assembly.Location);

        protected override Assembly? Load(AssemblyName assemblyName) =>
            _resolver.ResolveAssemblyToPath(assemblyName) is string path && !assemblyName.Name!.StartsWith("xunit", StringComparison.Ordinal)
                ? LoadFromAssemblyPath(path)
                : null;
    }
}
