using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace AzOpenAI;

/// <summary>
/// The load context of everything but this assembly, so that our Azure.Core, Azure.Identity and System.ClientModel never conflict with those
/// of another module. PowerShell resolves type literals in the default context, so the public types are here, with the loader.
/// </summary>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private static readonly Lock Gate = new();
    private static ModuleLoadContext? _instance;

    private readonly string _folder;
    private readonly Lazy<AssemblyDependencyResolver> _resolver;
    private readonly Assembly _cmdlets;

    private ModuleLoadContext(string cmdletAssemblyPath)
        : base("AzOpenAI", isCollectible: false)
    {
        _folder = Path.GetDirectoryName(cmdletAssemblyPath)!;
        _resolver = new Lazy<AssemblyDependencyResolver>(() => new AssemblyDependencyResolver(cmdletAssemblyPath));
        _cmdlets = LoadFromAssemblyPath(cmdletAssemblyPath);
    }

    /// <summary>
    /// Loads the cmdlet assembly for the first import in the process. If it succeeds, no other import can have loaded the assembly first, whatever runs in
    /// other runspaces. Later imports are detected by the exception: checking a value would slow down the first import, the one that users wait for, by
    /// milliseconds of compiled script.
    /// </summary>
    /// <param name="cmdletAssemblyPath">Full path of AzOpenAI.dll.</param>
    /// <exception cref="InvalidOperationException">The module is already loaded: call <see cref="Load(string)"/>.</exception>
    public static Assembly LoadFirst(string cmdletAssemblyPath)
    {
        lock (Gate)
            return _instance is null ? Load(cmdletAssemblyPath) : throw new InvalidOperationException("AzOpenAI is already loaded in this process.");
    }

    /// <summary>Loads the cmdlet assembly once per process and returns the same assembly for every later import.</summary>
    /// <param name="cmdletAssemblyPath">Full path of AzOpenAI.dll.</param>
    /// <exception cref="InvalidOperationException">Another copy of the module is loaded; the message contains both paths.</exception>
    public static Assembly Load(string cmdletAssemblyPath)
    {
        ArgumentException.ThrowIfNullOrEmpty(cmdletAssemblyPath);
        lock (Gate)
        {
            string path = Path.GetFullPath(cmdletAssemblyPath);
            _instance ??= new ModuleLoadContext(path);
            // Read from the file only if it is another one: in a first import, reading metadata would take longer than everything else here.
            RefuseOtherVersion(path == _instance._cmdlets.Location ? _instance._cmdlets.GetName() : AssemblyName.GetAssemblyName(path));
            return _instance._cmdlets;
        }
    }

    /// <summary>The runtime silently returns a newer assembly with the same name; with its cmdlets, the manifest would show the wrong version.</summary>
    private static void RefuseOtherVersion(AssemblyName wanted)
    {
        AssemblyName loaded = typeof(ModuleLoadContext).Assembly.GetName();
        if (wanted.Version != loaded.Version)
            throw new InvalidOperationException($"AzOpenAI {wanted.Version!.ToString(3)} can't be loaded because this process has already loaded AzOpenAI {loaded.Version!.ToString(3)}.");
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        if (assemblyName.Name == typeof(ModuleLoadContext).Assembly.GetName().Name)
            return typeof(ModuleLoadContext).Assembly;

        // The engine and the framework are resolved in every import and aren't ours: to let the resolver decide would require reading our list of files.
        if (!File.Exists(Path.Combine(_folder, assemblyName.Name + ".dll")) && !Directory.Exists(Path.Combine(_folder, "runtimes")))
            return null;

        string? path = _resolver.Value.ResolveAssemblyToPath(assemblyName);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        string? path = _resolver.Value.ResolveUnmanagedDllToPath(unmanagedDllName);
        return path is null ? nint.Zero : NativeLibrary.Load(path);
    }
}
