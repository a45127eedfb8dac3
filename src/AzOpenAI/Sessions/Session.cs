using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.DataPlane.Limits;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Sessions;

/// <summary>What one runspace remembers. Two runspaces never share it; a runspace that ends takes it along.</summary>
internal sealed class Session
{
    private static readonly ConditionalWeakTable<Runspace, Session> Sessions = [];

    private readonly ConcurrentDictionary<string, TokenSource> _chains = new(StringComparer.Ordinal);

    /// <summary>The session of the runspace that calls. Only on a pipeline thread.</summary>
    public static Session Current => Sessions.GetValue(Runspace.DefaultRunspace, static _ => new Session());

    /// <summary>What Connect-AzOpenAI fixed, or the default chain on first need; with the session's defaults.</summary>
    public Context? Context
    {
        get => field is null ? null : field with { DefaultResourceId = DefaultResourceId, DefaultDeployment = DefaultDeployment, DefaultConnection = DefaultConnection };
        set;
    }

    /// <summary>The resource that is meant when none is named, by id.</summary>
    public string? DefaultResourceId { get; set; }

    /// <summary>The deployment that is called when none is named.</summary>
    public string? DefaultDeployment { get; set; }

    /// <summary>The data-plane connection that is used when none is named.</summary>
    public Connection? DefaultConnection { get; private set; }

    /// <summary>Named connections.</summary>
    public ConcurrentDictionary<string, Connection> Connections { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Named conversations.</summary>
    public ConcurrentDictionary<string, Conversation> Conversations { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Which hosts were sent a token; the first time is told.</summary>
    public TokenUses TokenUses { get; } = new();

    /// <summary>Answers for the completers.</summary>
    public CompletionCache Completions { get; } = new();

    /// <summary>Models behind deployments, by resource id and deployment; empty where nobody could say.</summary>
    public ConcurrentDictionary<(string ResourceId, string Deployment), string> DeployedModels { get; } = new();

    /// <summary>What calls side by side learned about the limits of deployments.</summary>
    public RequestGovernors Governors => field ??= new RequestGovernors();

    /// <summary>Takes a new context. Defaults of the old one mean objects of the old subscription; connections stand for themselves and stay.</summary>
    public void Connect(Context context)
    {
        Context = context;
        DefaultResourceId = null;
        DefaultDeployment = null;
        Completions.Clear();
    }

    /// <summary>Takes a context that another runspace made, with its defaults.</summary>
    public void Adopt(Context context)
    {
        Context = context;
        DefaultResourceId = context.DefaultResourceId;
        DefaultDeployment = context.DefaultDeployment;
        UseByDefault(context.DefaultConnection);
        if (context.DefaultConnection is { Name: string name } connection)
            Connections[name] = connection;
        Completions.Clear();
    }

    /// <summary>Makes the connection the default one, and no other; null: none.</summary>
    public void UseByDefault(Connection? connection)
    {
        if (DefaultConnection?.Name is string old && Connections.TryGetValue(old, out Connection? kept))
            Connections[old] = kept with { IsDefault = false };
        DefaultConnection = connection is null ? null : connection with { IsDefault = true };
        if (connection?.Name is string name && Connections.ContainsKey(name))
            Connections[name] = DefaultConnection!;
    }

    /// <summary>Keeps a connection under its name, as the default one where it says so.</summary>
    public void Keep(Connection connection)
    {
        bool was = DefaultConnection?.Name is string name && name.Equals(connection.Name, StringComparison.OrdinalIgnoreCase);
        Connections[connection.Name!] = connection;
        if (connection.IsDefault)
            UseByDefault(connection);
        else if (was)
            UseByDefault(null);
    }

    /// <summary>Forgets a named connection.</summary>
    public void Forget(string name)
    {
        if (DefaultConnection?.Name is string current && current.Equals(name, StringComparison.OrdinalIgnoreCase))
            UseByDefault(null);
        Connections.TryRemove(name, out _);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Context = null;
        DefaultResourceId = null;
        DefaultDeployment = null;
        DefaultConnection = null;
        Connections.Clear();
        Conversations.Clear();
        Completions.Clear();
        _chains.Clear();
        DeployedModels.Clear();
        TokenUses.Clear();
    }

    /// <summary>The tokens of the default chain, for a session that never connected: one chain, because each asks command-line tools anew.</summary>
    public TokenSource DefaultTokens(CloudEnvironment cloud) => _chains.GetOrAdd(cloud.Name, static (_, cloud) => TokenSources.Create(new CredentialOptions(), cloud), cloud);

    /// <summary>The connection of that name.</summary>
    /// <exception cref="AzOpenAIException">ConnectionNotFound.</exception>
    public Connection GetConnection(string name) => Connections.TryGetValue(name, out Connection? connection)
        ? connection
        : throw Failure.Of(nameof(Messages.ConnectionNotFound), ErrorKind.NotFound, ShownText.Name(name));

    /// <summary>Keeps a conversation under its name, where it has one.</summary>
    /// <exception cref="AzOpenAIException">ConversationExists.</exception>
    public void Keep(Conversation conversation, bool force)
    {
        if (conversation.Name is not { } name)
            return;
        if (force)
            Conversations[name] = conversation;
        else if (!Conversations.TryAdd(name, conversation))
            throw Failure.Of(nameof(Messages.ConversationExists), ErrorKind.AlreadyExists, name);
    }

    /// <summary>The conversation of that name.</summary>
    /// <exception cref="AzOpenAIException">ConversationNotFound.</exception>
    public Conversation GetConversation(string name) => Conversations.TryGetValue(name, out Conversation? conversation)
        ? conversation
        : throw Failure.Of(nameof(Messages.ConversationNotFound), ErrorKind.NotFound, ShownText.Name(name));
}
