using System.Security;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.Resources;

/// <summary>
/// Regenerates one key. A second request would replace the new key again, so it isn't retried if the service may have processed it; if the response was
/// lost, the keys show whether it did.
/// </summary>
internal static class KeyRegeneration
{
    /// <summary>Sends the request.</summary>
    /// <param name="client">The client of the resource's subscription.</param>
    /// <param name="resource">The resource.</param>
    /// <param name="before">Both current keys.</param>
    /// <param name="name">The key to regenerate.</param>
    /// <param name="cancellationToken">Stops waiting; a change that the service started continues.</param>
    /// <returns>Both keys afterwards.</returns>
    /// <exception cref="AzOpenAIException">
    /// KeyNotRegenerated: nothing was changed. KeyStateUnknown: it's unknown whether it was. Errors of the service are thrown as they are: nothing was changed.
    /// </exception>
    public static async Task<ResourceKey> RunAsync(ManagementClient client, Resource resource, ResourceKey before, KeyName name, CancellationToken cancellationToken)
    {
        string account = ArmPath.Account(resource);
        ArmRequest request = ArmRequest.Post($"{account}/regenerateKey").With(new RegenerateKeyDto(name.ToString()), AccountJson.Default.RegenerateKeyDto) with
        {
            Replayable = false,
            Activity = $"Regenerating {name} of '{resource.Name}'",
        };
        try
        {
            ArmResponse response = await client.Writer.WriteAsync(account, request, wait: false, cancellationToken).ConfigureAwait(false);
            AccountKeysDto keys = response.Read(AccountJson.Default.AccountKeysDto);
            return before with
            {
                Key1 = SecureText.Protect(response.Require(keys.Key1, "key1")),
                Key2 = SecureText.Protect(response.Require(keys.Key2, "key2")),
            };
        }
        catch (AzOpenAIException lost) when (MayHaveHappened(lost))
        {
            return await LookAsync(client, resource, before, name, lost, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The value of a key.</summary>
    public static SecureString Value(ResourceKey keys, KeyName name) =>
        (name == KeyName.Key1 ? keys.Key1 : keys.Key2)
        ?? throw Failure.Of(nameof(Messages.InvalidResponse), ErrorKind.InvalidResponse, keys.ClassicEndpoint.Host, $"the keys don't include {name}");

    /// <summary>True if a key has the same value in both.</summary>
    public static bool IsSame(ResourceKey one, ResourceKey other, KeyName name) => IsSame(Value(one, name), Value(other, name));

    /// <summary>True for equal strings.</summary>
    public static bool IsSame(SecureString one, SecureString other) => SecureText.Reveal(one) == SecureText.Reveal(other);

    private static bool MayHaveHappened(AzOpenAIException failure) =>
        failure is { StatusCode: >= 500 } or { Kind: ErrorKind.InvalidResponse }
        || (failure.Kind is ErrorKind.Connection or ErrorKind.Timeout && failure.StatusCode is null && failure.InnerException is Exception cause
            && !TransportFailure.WasNeverSent(cause));

    private static async Task<ResourceKey> LookAsync(
        ManagementClient client, Resource resource, ResourceKey before, KeyName name, AzOpenAIException lost, CancellationToken cancellationToken)
    {
        client.Options.Reporter.Verbose($"The regeneration of {name} of '{resource.Name}' wasn't confirmed ({lost.Message}). Reading the keys to check whether it succeeded.");
        string reason = lost.Message.TrimEnd('.');
        ResourceKey now;
        bool changed;
        try
        {
            now = await client.Resources.GetKeysAsync(resource, before.Deployment, cancellationToken).ConfigureAwait(false);
            changed = !IsSame(before, now, name);
        }
        catch (AzOpenAIException)
        {
            throw Failure.Of(nameof(Messages.KeyStateUnknown), lost.Kind, Facts(lost), name, resource.Name, reason, Other(name));
        }

        return changed
            ? now
            : throw Failure.Of(nameof(Messages.KeyNotRegenerated), lost.Kind, Facts(lost), name, resource.Name, reason);
    }

    /// <summary>The other key.</summary>
    public static KeyName Other(KeyName name) => name == KeyName.Key1 ? KeyName.Key2 : KeyName.Key1;

    private static AnswerFacts Facts(AzOpenAIException lost) => new()
    {
        StatusCode = lost.StatusCode,
        ServiceCode = lost.ServiceCode,
        ServiceMessage = lost.ServiceMessage,
        RequestId = lost.RequestId,
        InnerException = lost,
    };
}
