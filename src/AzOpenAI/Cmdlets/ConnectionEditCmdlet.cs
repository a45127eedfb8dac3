using System.Collections;
using System.ComponentModel;
using System.Management.Automation;
using System.Security;
using AzOpenAI.Completers;
using AzOpenAI.Core.Connections;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Errors;
using AzOpenAI.Parameters;

namespace AzOpenAI.Cmdlets;

/// <summary>The base of cmdlets that create and change connections. Nothing is sent: a connection is tested by its first call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ConnectionEditCmdlet : PSCmdlet
{
    /// <summary>The key.</summary>
    [Parameter]
    [SecureStringTransformation]
    [ValidateNotNull]
    public SecureString? Key { get; set; }

    /// <summary>Environment variable to read the key from when it is needed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KeyVariable { get; set; }

    /// <summary>Secret of SecretManagement to read the key from when it is needed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SecretName { get; set; }

    /// <summary>Vault of the secret.</summary>
    [Parameter]
    [Alias("Vault")]
    [ValidateNotNullOrEmpty]
    public string? SecretVault { get; set; }

    /// <summary>Header for the key, instead of the kind's own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KeyHeader { get; set; }

    /// <summary>Subscription key of Azure API Management.</summary>
    [Parameter]
    [SecureStringTransformation]
    [ValidateNotNull]
    public SecureString? SubscriptionKey { get; set; }

    /// <summary>Entra ID, and permission to send a token to this host.</summary>
    [Parameter]
    [Alias("EntraId")]
    public SwitchParameter UseEntraId { get; set; }

    /// <summary>Token scope, if the cloud's isn't right.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Scope { get; set; }

    /// <summary>Additional headers.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Header { get; set; }

    /// <summary>Dated API version, or v1.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ApiVersion { get; set; }

    /// <summary>Default deployment.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeploymentCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    /// <summary>Makes it the session's default.</summary>
    [Parameter]
    public SwitchParameter Default { get; set; }

    /// <summary>Reports an error for the current record.</summary>
    private protected void WriteFailure(AzOpenAIException failure, string name) => WriteError(ErrorRecords.From(failure, ShownText.Name(name)));

    private protected ConnectionRequest CreateRequest(string? endpoint, ConnectionKind? kind)
    {
        if (SecretVault is not null && SecretName is null)
            throw Failure.Of(nameof(Messages.ConnectionCredentialAmbiguous), ErrorKind.InvalidInput);
        int given = new object?[] { Key, KeyVariable, SecretName, SubscriptionKey }.Count(static credential => credential is not null);
        if (given > 1)
            throw Failure.Of(nameof(Messages.ConnectionCredentialAmbiguous), ErrorKind.InvalidInput);
        return new ConnectionRequest
        {
            Endpoint = endpoint,
            Kind = kind,
            ApiVersion = ApiVersion,
            Deployment = Deployment,
            Key = Key ?? SubscriptionKey,
            KeyReference = KeyVariable is not null ? new SecretReference(SecretStore.Environment, KeyVariable)
                : SecretName is not null ? new SecretReference(SecretStore.SecretManagement, SecretName, SecretVault)
                : null,
            KeyHeader = KeyHeader ?? (SubscriptionKey is null ? null : ConnectionBuilder.SubscriptionKeyHeader),
            UseEntraId = UseEntraId,
            Scope = Scope,
            Headers = Headers(),
        };
    }

    private Dictionary<string, object>? Headers()
    {
        if (Header is null)
            return null;
        Dictionary<string, object> result = new(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in Header)
        {
            object? value = entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value;
            result[entry.Key.ToString() ?? ""] = value is SecureString ? value : LanguagePrimitives.ConvertTo<string>(value) ?? "";
        }

        return result;
    }
}
