using System.Management.Automation;
using AzOpenAI.Core.Errors;
using AzOpenAI.Sessions;

namespace AzOpenAI.Parameters;

/// <summary>A connection as specified by users: an object that is one (connection, keys, deployment), or the name of one in the session.</summary>
public sealed class ConnectionIdentity
{
    private readonly IConnectionSource? _source;
    private readonly string? _name;

    /// <summary>From a name.</summary>
    public ConnectionIdentity(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        _name = name;
    }

    /// <summary>From an object that can be used as a connection.</summary>
    public ConnectionIdentity(IConnectionSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        _source = source;
    }

    /// <summary>The connection.</summary>
    internal Connection Resolve(Session session) => _source?.Connection ?? session.GetConnection(_name!);

    /// <summary>An object of another process has lost its key and is rejected, never treated as text.</summary>
    internal static void RefuseDeserialized(PSObject value)
    {
        foreach (string name in value.TypeNames)
        {
            if (name.StartsWith("Deserialized.AzOpenAI.", StringComparison.Ordinal))
                throw Failure.Of(nameof(Messages.ConnectionDeserialized), ErrorKind.InvalidInput, name["Deserialized.".Length..]);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _name ?? _source?.ToString() ?? "";
}
