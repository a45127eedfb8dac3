using System.Collections.Concurrent;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.DataPlane.Limits;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Sessions;

/// <summary>The state of one runspace. Never shared between runspaces; ends with the runspace.</summary>
internal sealed class Session
{
    private static readonly ConditionalWeakTable<Runspace, Session> Sessions = [];

    private readonly ConcurrentDictionary<string, TokenSource> _chains = new(StringComparer.Ordinal);

    /// <summary>The session of the calling runspace. Only on a pipeline thread.</summary>
    public static Session Current => Sessions.GetValue(Runspace.DefaultRunspace, static _ => new Session());

    /// <summary>The context of Connect-AzOpenAI, or of the default chain when first needed; with the session's defaults.</summary>
    public Context? Context
    {
        get => field is null ? null : field with { DefaultResourceId = DefaultResourceId, DefaultDeployment = DefaultDeployment, DefaultConnection = DefaultConnection };
        set;
    }

    /// <summary>The ID of the default resource.</summary>
    public string? DefaultResourceId { get; set; }

    /// <summary>The default deployment.</summary>
    public string? DefaultDeployment { get; set; }

    /// <summary>The default data-plane connection.</summary>
    public Connection? DefaultConnection { get; private set; }

    /// <summary>Named connections.</summary>
    public ConcurrentDictionary<string, Connection> Connections { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Named conversations.</summary>
    public ConcurrentDictionary<string, Conversation> Conversations { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The hosts that a token was sent to; the first time is reported.</summary>
    public TokenUses TokenUses { get; } = new();

    /// <summary>Cached results of completers.</summary>
    public CompletionCache Completions { get; } = new();

    /// <summary>Models of deployments, by resource ID and deployment; empty if unknown.</summary>
    public ConcurrentDictionary<(string ResourceId, string Deployment), string> DeployedModels { get; } = new();

    /// <summary>The limits of deployments as learned by parallel calls.</summary>
    public RequestGovernors Governors => field ??= new RequestGovernors();

    /// <summary>Sets a new context. Defaults are removed, because they refer to objects of the old subscription; connections are kept.</summary>
    public void Connect(Context context)
    {
        Context = context;
        DefaultResourceId = null;
        DefaultDeployment = null;
        Completions.Clear();
    }

    /// <summary>Sets a context that was created in another runspace, with its defaults.</summary>
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

    /// <summary>Makes the connection the only default one; null for none.</summary>
    public void UseByDefault(Connection? connection)
    {
        if (DefaultConnection?.Name is string old && Connections.TryGetValue(old, out Connection? kept))
            Connections[old] = kept with { IsDefault = false };
        DefaultConnection = connection is null ? null : connection with { IsDefault = true };
        if (connection?.Name is string name && Connections.ContainsKey(name))
            Connections[name] = DefaultConnection!;
    }

    /// <summary>Adds a connection under its name, as the default one if it specifies that.</summary>
    public void Keep(Connection connection)
    {
        bool was = DefaultConnection?.Name is string name && name.Equals(connection.Name, StringComparison.OrdinalIgnoreCase);
        Connections[connection.Name!] = connection;
        if (connection.IsDefault)
            UseByDefault(connection);
        else if (was)
            UseByDefault(null);
    }

    /// <summary>Removes a named connection.</summary>
    public void Forget(string name)
    {
        if (DefaultConnection?.Name is string current && current.Equals(name, StringComparison.OrdinalIgnoreCase))
            UseByDefault(null);
        Connections.TryRemove(name, out _);
    }

    /// <summary>Removes everything.</summary>
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

    /// <summary>The tokens of the default chain, for a session without Connect-AzOpenAI: one chain, because each starts command-line tools again.</summary>
    public TokenSource DefaultTokens(CloudEnvironment cloud) => _chains.GetOrAdd(cloud.Name, static (_, cloud) => TokenSources.Create(new CredentialOptions(), cloud), cloud);

    /// <summary>The connection with that name.</summary>
    /// <exception cref="AzOpenAIException">ConnectionNotFound.</exception>
    public Connection GetConnection(string name) => Connections.TryGetValue(name, out Connection? connection)
        ? connection
        : throw Failure.Of(nameof(Messages.ConnectionNotFound), ErrorKind.NotFound, ShownText.Name(name));

    /// <summary>Adds a conversation under its name, if it has one.</summary>
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

    /// <summary>The conversation with that name.</summary>
    /// <exception cref="AzOpenAIException">ConversationNotFound.</exception>
    public Conversation GetConversation(string name) => Conversations.TryGetValue(name, out Conversation? conversation)
        ? conversation
        : throw Failure.Of(nameof(Messages.ConversationNotFound), ErrorKind.NotFound, ShownText.Name(name));
}
