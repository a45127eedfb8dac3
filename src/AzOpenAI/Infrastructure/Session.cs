using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Infrastructure;

/// <summary>What one runspace remembers. Two runspaces never share it; a runspace that ends takes it along.</summary>
internal sealed class Session
{
    private static readonly ConditionalWeakTable<Runspace, Session> Sessions = [];

    /// <summary>The session of the runspace that calls. Only on a pipeline thread.</summary>
    public static Session Current => Sessions.GetValue(Runspace.DefaultRunspace, static _ => new Session());

    /// <summary>What Connect-AzOpenAI fixed, or the default chain on first need.</summary>
    public Context? Context { get; set; }

    /// <summary>The data-plane connection that is used when none is named.</summary>
    public Connection? DefaultConnection { get; set; }

    /// <summary>Named connections.</summary>
    public ConcurrentDictionary<string, Connection> Connections { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Answers for the completers.</summary>
    public CompletionCache Completions { get; } = new();

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Context = null;
        DefaultConnection = null;
        Connections.Clear();
        Completions.Clear();
    }

    /// <summary>The connection of that name.</summary>
    /// <exception cref="AzOpenAIException">ConnectionNotFound.</exception>
    public Connection GetConnection(string name) => Connections.TryGetValue(name, out Connection? connection)
        ? connection
        : throw Failure.Of(nameof(Messages.ConnectionNotFound), ErrorKind.NotFound, name);
}
