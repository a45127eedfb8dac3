using System.Reflection;
using System.Runtime.InteropServices;

namespace AzOpenAI.Tests.Rules;

/// <summary>
/// The built assemblies as data. Nothing is run: outside a shell, the engine's types exist only as a reference assembly.
/// </summary>
internal static class Metadata
{
    private static readonly string Bin = AppContext.BaseDirectory;
    private static readonly string Runtime = RuntimeEnvironment.GetRuntimeDirectory();
    private static readonly MetadataLoadContext Context = new(new PathAssemblyResolver(FindAssemblies()));

    public static Assembly Abstractions { get; } = Load("AzOpenAI.Abstractions");

    public static Assembly Core { get; } = Load("AzOpenAI.Core");

    public static Assembly Cmdlets { get; } = Load("AzOpenAI");

    public static Assembly Engine { get; } = Context.LoadFromAssemblyPath(EnginePath);

    private static string EnginePath => Path.Combine(Bin, "reference", "System.Management.Automation.dll");

    /// <summary>True for an assembly that every .NET 10 has.</summary>
    public static bool IsFramework(Assembly assembly) => Path.GetDirectoryName(assembly.Location) == Path.GetDirectoryName(Path.Combine(Runtime, "x"));

    /// <summary>The attributes of a type or member with that full name.</summary>
    public static IEnumerable<CustomAttributeData> Attributes(MemberInfo member, string fullName) =>
        member.GetCustomAttributesData().Where(attribute => attribute.AttributeType.FullName == fullName);

    /// <summary>A named argument of an attribute, or null.</summary>
    public static object? Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value;

    private static Assembly Load(string name) => Context.LoadFromAssemblyPath(Path.Combine(Bin, $"{name}.dll"));

    private static IEnumerable<string> FindAssemblies()
    {
        // Of two copies of the same assembly the framework's is taken, as a shell would.
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        return Directory.EnumerateFiles(Runtime, "*.dll").Concat(Directory.EnumerateFiles(Bin, "*.dll")).Append(EnginePath)
            .Where(path => names.Add(Path.GetFileName(path)));
    }
}
