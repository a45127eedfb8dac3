using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Security;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Sessions;

/// <summary>Reads the secrets that connections refer to, again for each command, so that a rotated one is found. Only on a pipeline thread.</summary>
internal sealed class SecretReader(PSCmdlet cmdlet)
{
    private const string VaultModule = "Microsoft.PowerShell.SecretManagement";
    private const string Script = "param($Secret) & '" + VaultModule + "\\Get-Secret' @Secret -ErrorAction Stop";

    private readonly Dictionary<SecretReference, SecureString> _seen = [];

    /// <summary>Reads the connection's secrets, unless already read.</summary>
    /// <exception cref="AzOpenAIException">SecretUnavailable.</exception>
    public void Read(Connection connection)
    {
        if (connection.KeyReference is { } key)
            Read(key);
        foreach (object value in connection.Headers.Values)
        {
            if (value is SecretReference header)
                Read(header);
        }
    }

    /// <summary>The connection with secrets in place of their references.</summary>
    public Connection Fill(Connection connection)
    {
        if (connection.KeyReference is { } key && _seen.TryGetValue(key, out SecureString? secret))
            connection = connection with { Key = secret };
        return connection.Headers.Values.Any(static value => value is SecretReference)
            ? connection with
            {
                Headers = connection.Headers.ToDictionary(
                    static header => header.Key, header => header.Value is SecretReference reference && _seen.TryGetValue(reference, out SecureString? text) ? text : header.Value),
            }
            : connection;
    }

    private void Read(SecretReference reference)
    {
        if (!_seen.ContainsKey(reference))
            _seen.Add(reference, reference.Store == SecretStore.Environment ? FromEnvironment(reference) : FromVault(reference));
    }

    private static SecureString FromEnvironment(SecretReference reference)
    {
        string? text = Environment.GetEnvironmentVariable(reference.Name);
        return string.IsNullOrWhiteSpace(text) ? throw Unavailable(reference, "it isn't set", null) : Protect(text.Trim());
    }

    private SecureString FromVault(SecretReference reference)
    {
        Dictionary<string, object> arguments = new() { ["Name"] = reference.Name };
        if (reference.Vault is not null)
            arguments["Vault"] = reference.Vault;
        Collection<PSObject> found;
        try
        {
            // A separate script block, so that another command named Get-Secret in the session isn't used instead of the module's.
            found = cmdlet.InvokeCommand.InvokeScript(true, ScriptBlock.Create(Script), null, new System.Collections.Hashtable(arguments));
        }
        catch (CommandNotFoundException e)
        {
            throw Unavailable(reference, $"the module {VaultModule} isn't installed", e);
        }
        catch (RuntimeException e) when (e is not PipelineStoppedException)
        {
            throw Unavailable(reference, e.Message.Split('\n')[0].TrimEnd('.', '\r'), e);
        }

        return (found.Count == 1 ? found[0]?.BaseObject : null) switch
        {
            SecureString secret => secret,
            PSCredential credential => credential.Password,
            string text => Protect(text),
            null => throw Unavailable(reference, "the vault returned nothing", null),
            object other => throw Unavailable(reference, $"it's of type {other.GetType().Name}, not a string", null),
        };
    }

    private static SecureString Protect(string text)
    {
        SecureString secret = new();
        foreach (char character in text)
            secret.AppendChar(character);
        secret.MakeReadOnly();
        return secret;
    }

    private static AzOpenAIException Unavailable(SecretReference reference, string reason, Exception? inner)
    {
        AzOpenAIException failure = Failure.Of(nameof(Messages.SecretUnavailable), ErrorKind.Authentication, reference, reason);
        return inner is null ? failure : new AzOpenAIException(failure.ErrorId, failure.Kind, failure.Message, inner) { Suggestion = failure.Suggestion };
    }
}
