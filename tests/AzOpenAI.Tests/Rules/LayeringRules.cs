using System.Reflection;
using System.Xml.Linq;

namespace AzOpenAI.Tests.Rules;

/// <summary>Who may know whom.</summary>
public sealed class LayeringRules
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // In the framework, but a module that loads another version of it breaks us, or we it.
    private static readonly string[] NotForSignatures = ["System.Text.Json", "System.Diagnostics.DiagnosticSource", "System.Memory.Data"];

    [Theory]
    [InlineData("AzOpenAI.Abstractions")]
    [InlineData("AzOpenAI.Core")]
    public void The_engine_is_known_to_the_cmdlets_only(string name) =>
        Assert.DoesNotContain("System.Management.Automation", References(Find(name)));

    [Fact]
    public void Abstractions_needs_nothing_but_the_framework()
    {
        Assert.All(Metadata.Abstractions.GetReferencedAssemblies(), static reference => Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));
        Assert.Empty(References(Metadata.Abstractions).Intersect(NotForSignatures));
    }

    [Fact]
    public void The_cmdlets_name_no_type_of_an_sdk() => Assert.DoesNotContain(References(Metadata.Cmdlets), IsSdk);

    [Theory]
    [InlineData("AzOpenAI.Abstractions")]
    [InlineData("AzOpenAI.Core")]
    public void Public_members_speak_only_our_records_and_the_framework(string name) =>
        Assert.Empty(Find(name).GetExportedTypes().SelectMany(SignatureTypes).Where(static use => !IsAllowed(use.Type)).Select(static use => use.ToString()).Distinct());

    [Fact]
    public void Core_methods_that_are_asynchronous_take_a_cancellation_token_last()
    {
        MethodInfo[] methods = [.. Metadata.Core.GetExportedTypes().Where(static type => type.BaseType?.FullName != "System.MulticastDelegate")
            .SelectMany(static type => type.GetMethods(Declared)).Where(static method => IsVisible(method) && IsAsynchronous(method.ReturnType))
            .Where(static method => method.Name != "DisposeAsync")];

        Assert.NotEmpty(methods);
        Assert.Empty(methods.Where(static method => method.GetParameters().LastOrDefault()?.ParameterType.FullName != "System.Threading.CancellationToken")
            .Select(static method => $"{method.DeclaringType!.FullName}.{method.Name}"));
    }

    [Fact]
    public void The_emulator_references_nothing_of_ours()
    {
        string[] references = ReferencesOf("src/AzOpenAI.Emulator/AzOpenAI.Emulator.csproj");
        Assert.DoesNotContain(references, static reference => reference.Contains("AzOpenAI", StringComparison.Ordinal));
        Assert.DoesNotContain(references, static reference => reference.Contains("..", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_but_tests_and_the_module_references_the_cmdlets()
    {
        string[] users = [.. Repository.Files("src", ".csproj").Select(Repository.Relative)
            .Where(static project => ReferencesOf(project).Any(static reference => reference.EndsWith("/AzOpenAI.csproj", StringComparison.Ordinal)))];
        Assert.Empty(users);
    }

    [Theory]
    [InlineData("module/bin")]
    [InlineData("module/tools")]
    [InlineData("out")]
    public void What_is_shipped_has_no_copy_of_the_engine(string folder)
    {
        string path = Path.Combine(Repository.Root, folder);
        Assert.SkipUnless(Directory.Exists(path), $"'{folder}' is not built: run 'dotnet build' at the root.");
        string[] shipped = [.. Directory.EnumerateFiles(path, "*.dll", SearchOption.AllDirectories).Select(static file => Path.GetFileName(file))];

        Assert.NotEmpty(shipped);
        Assert.DoesNotContain(shipped, static name => name.StartsWith("System.Management.Automation", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("PowerShellStandard", StringComparison.OrdinalIgnoreCase)
            || name.StartsWith("Microsoft.PowerShell", StringComparison.OrdinalIgnoreCase));
    }

    private static Assembly Find(string name) => name == "AzOpenAI.Core" ? Metadata.Core : Metadata.Abstractions;

    private static IEnumerable<string> References(Assembly assembly) => assembly.GetReferencedAssemblies().Select(static reference => reference.Name!);

    private static string[] ReferencesOf(string project) =>
        [.. XDocument.Load(Path.Combine(Repository.Root, project)).Descendants()
            .Where(static element => element.Name.LocalName is "ProjectReference" or "Compile" or "Reference")
            .Select(static element => ((string?)element.Attribute("Include") ?? "").Replace('\\', '/'))];

    private static bool IsSdk(string name) =>
        name is "OpenAI" or "System.ClientModel" or "System.Memory.Data"
        || name.StartsWith("Azure.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Identity", StringComparison.Ordinal);

    private static bool IsAllowed(Type type)
    {
        string name = type.Assembly.GetName().Name!;
        return name is "AzOpenAI.Abstractions" or "AzOpenAI.Core" || (Metadata.IsFramework(type.Assembly) && !NotForSignatures.Contains(name));
    }

    private static bool IsAsynchronous(Type type)
    {
        string? name = type.IsGenericType ? type.GetGenericTypeDefinition().FullName : type.FullName;
        return name is "System.Threading.Tasks.Task" or "System.Threading.Tasks.Task`1" or "System.Threading.Tasks.ValueTask"
            or "System.Threading.Tasks.ValueTask`1" or "System.Collections.Generic.IAsyncEnumerable`1";
    }

    private static bool IsVisible(MethodBase? method) => method is { IsPublic: true } or { IsFamily: true } or { IsFamilyOrAssembly: true };

    private static IEnumerable<(string Where, Type Type)> SignatureTypes(Type type)
    {
        IEnumerable<Type> heads = type.GetInterfaces().Concat(type.BaseType is null ? [] : [type.BaseType]);
        IEnumerable<(string, Type)> uses = heads.Select(head => (type.FullName!, head));
        foreach (MethodBase method in type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared)).Where(IsVisible))
        {
            IEnumerable<Type> used = method.GetParameters().Select(static parameter => parameter.ParameterType);
            if (method is MethodInfo { ReturnType: Type returned })
                used = used.Append(returned);
            uses = uses.Concat(used.Select(use => ($"{type.FullName}.{method.Name}", use)));
        }

        uses = uses.Concat(type.GetFields(Declared).Where(static field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly)
            .Select(field => ($"{type.FullName}.{field.Name}", field.FieldType)));
        return uses.SelectMany(static use => Unfold(use.Item2).Select(part => (use.Item1, part)));
    }

    private static IEnumerable<Type> Unfold(Type type)
    {
        if (type.HasElementType)
            return Unfold(type.GetElementType()!);
        if (type.IsGenericParameter)
            return type.GetGenericParameterConstraints().Where(static constraint => !constraint.ContainsGenericParameters).SelectMany(Unfold);
        return type.IsGenericType && !type.IsGenericTypeDefinition
            ? type.GetGenericArguments().SelectMany(Unfold).Append(type.GetGenericTypeDefinition())
            : [type];
    }
}
