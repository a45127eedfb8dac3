using System.Text.RegularExpressions;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Providers;
using AzOpenAI.Core.Management.Usages;

namespace AzOpenAI.Core.Management.Resources;

/// <summary>The problems with a new resource, found with reads only. What the caller isn't allowed to read is unknown and isn't a problem.</summary>
internal sealed partial class ResourcePreflight(ManagementClient client, ResourceRequest request)
{
    private const string AccountType = "Microsoft.CognitiveServices/accounts";

    private readonly List<AzOpenAIException> _problems = [];

    /// <summary>All problems, in the order in which a user would encounter them.</summary>
    public IReadOnlyList<AzOpenAIException> Problems => _problems;

    /// <summary>True if it's known that the provider isn't registered.</summary>
    public bool NeedsRegistration { get; private set; }

    /// <summary>A soft-deleted resource with this name.</summary>
    public DeletedAccount? Deleted { get; private set; }

    public static bool IsName(string name) => NamePattern().IsMatch(name);

    public async Task CheckAsync(Task<ProviderDto?> providerRead, CancellationToken cancellationToken)
    {
        ProviderDto? provider = await providerRead.ConfigureAwait(false);
        bool knownLocation = CheckLocation(provider);
        if (provider is { RegistrationState: not null, IsRegistered: false })
        {
            NeedsRegistration = true;
            if (!request.RegisterProvider)
                _problems.Add(Failure.Of(nameof(Messages.ProviderNotRegistered), ErrorKind.NotAvailable, client.SubscriptionId));
            // The provider doesn't respond before it is registered.
            return;
        }

        if (!knownLocation)
            return;
        Task<SkuAnswersDto?> sku = TryAsync(AskSkuAsync, "whether the region offers this kind", cancellationToken);
        Task<DomainAnswerDto?> domain = TryAsync(AskDomainAsync, "whether the subdomain is available", cancellationToken);
        Task<IReadOnlyDictionary<string, Usage>?> usages = TryAsync(ct => client.Usages.ReadAsync(request.Location, ct), "the resource quota", cancellationToken);
        Task<IReadOnlyList<DeletedAccount>?> deleted = TryAsync(client.DeletedResources.ReadAsync, "the soft-deleted resources", cancellationToken);
        await Task.WhenAll(sku, domain, usages, deleted).ConfigureAwait(false);

        Deleted = (await deleted.ConfigureAwait(false))?.FirstOrDefault(d =>
            d.Resource.Name.Equals(request.Name, StringComparison.OrdinalIgnoreCase)
            && d.Resource.ResourceGroupName.Equals(request.ResourceGroupName, StringComparison.OrdinalIgnoreCase));
        CheckDeleted(known: await deleted.ConfigureAwait(false) is not null);
        if (Deleted is not null && request.RestoreDeleted)
            return;
        CheckSku(await sku.ConfigureAwait(false));
        CheckDomain(await domain.ConfigureAwait(false));
        CheckQuota(await usages.ConfigureAwait(false));
    }

    /// <summary>Checks whether the subdomain is available, for an existing resource.</summary>
    public async Task CheckSubdomainAsync(CancellationToken cancellationToken) =>
        CheckDomain(await TryAsync(AskDomainAsync, "whether the subdomain is available", cancellationToken).ConfigureAwait(false));

    /// <summary>The response, or null if it isn't available.</summary>
    public async Task<T?> TryAsync<T>(Func<CancellationToken, Task<T>> read, string what, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await read(cancellationToken).ConfigureAwait(false);
        }
        catch (AzOpenAIException e) when (e.StatusCode is 400 or 403 or 404 or 405 or 501)
        {
            client.Options.Reporter.Verbose($"Can't check {what}: {e.Message}");
            return null;
        }
    }

    [GeneratedRegex(@"\A[a-zA-Z0-9][a-zA-Z0-9_.-]{1,63}\z")]
    private static partial Regex NamePattern();

    private bool CheckLocation(ProviderDto? provider)
    {
        IReadOnlyList<ProviderLocation> locations = provider?.AccountLocations() ?? [];
        string wanted = LocationName.Normalize(request.Location);
        if (locations.Count == 0 || locations.Any(l => l.Name == wanted))
            return true;
        string nearest = Nearest.List(wanted, locations.Select(l => l.Name));
        _problems.Add(Failure.Of(nameof(Messages.LocationNotAvailable), ErrorKind.InvalidInput, request.Location, nearest.Length > 0 ? $"Did you mean {nearest}? " : ""));
        return false;
    }

    private void CheckDeleted(bool known)
    {
        if (Deleted is null)
        {
            if (request.RestoreDeleted && !request.Ensure && known)
                _problems.Add(Failure.Of(nameof(Messages.RestoreNotPossible), ErrorKind.NotFound, request.Name, request.ResourceGroupName));
        }
        else if (request.RestoreDeleted)
        {
            _problems.AddRange(ResourceDrift.Fixed(request, Deleted.Resource));
        }
        else if (!request.PurgeDeleted)
        {
            _problems.Add(Failure.Of(
                nameof(Messages.ResourceSoftDeleted), ErrorKind.AlreadyExists, request.Name, request.ResourceGroupName, Deleted.ShowTimeLeft(client.ServiceNow)));
        }
    }

    private void CheckSku(SkuAnswersDto? answers)
    {
        if (answers?.Value?.FirstOrDefault() is { SkuAvailable: false } refused)
        {
            string reason = refused.Message ?? refused.Reason ?? $"The region doesn't offer resources of kind '{request.KindOrUsual}'";
            _problems.Add(Failure.Of(nameof(Messages.KindNotOffered), ErrorKind.NotAvailable, ArmErrorMap.Sentence(reason), LocationName.Normalize(request.Location)));
        }
    }

    private void CheckDomain(DomainAnswerDto? answer)
    {
        string subdomain = ResourceBody.Subdomain(request);
        // It is used by the deleted resource with the same name, which was already reported.
        if (answer?.IsSubdomainAvailable != false || (Deleted is not null && subdomain.Equals(Deleted.Resource.CustomSubdomain, StringComparison.OrdinalIgnoreCase)))
            return;
        _problems.Add(answer.Reason?.Contains("not valid", StringComparison.OrdinalIgnoreCase) == true
            ? Failure.Of(nameof(Messages.SubdomainInvalid), ErrorKind.InvalidInput, subdomain, ArmErrorMap.Sentence(answer.Reason))
            : Failure.Of(nameof(Messages.SubdomainTaken), ErrorKind.AlreadyExists, subdomain));
    }

    private void CheckQuota(IReadOnlyDictionary<string, Usage>? usages)
    {
        foreach (string name in (ReadOnlySpan<string>)[$"{request.KindOrUsual}.S0.AccountCount", "AccountCount"])
        {
            if (usages is not null && usages.TryGetValue(name, out Usage? usage) && usage.Free < 1 && !(Deleted is not null && request.PurgeDeleted))
            {
                _problems.Add(Failure.Of(nameof(Messages.AccountQuotaExceeded), ErrorKind.LimitReached, usage.Limit, LocationName.Normalize(request.Location), usage.Used));
                return;
            }
        }
    }

    private async Task<SkuAnswersDto> AskSkuAsync(CancellationToken cancellationToken)
    {
        ArmRequest question = ArmRequest.Post(ArmPath.OfLocation(client.SubscriptionId, request.Location, "checkSkuAvailability"))
            .With(new SkuQuestionDto(["S0"], request.KindOrUsual, AccountType), AccountJson.Default.SkuQuestionDto);
        return (await client.Arm.SendAsync(question, cancellationToken).ConfigureAwait(false)).Read(AccountJson.Default.SkuAnswersDto);
    }

    private async Task<DomainAnswerDto> AskDomainAsync(CancellationToken cancellationToken)
    {
        ArmRequest question = ArmRequest.Post(ArmPath.OfSubscription(client.SubscriptionId, "checkDomainAvailability"))
            .With(new DomainQuestionDto(ResourceBody.Subdomain(request), AccountType, request.KindOrUsual), AccountJson.Default.DomainQuestionDto);
        return (await client.Arm.SendAsync(question, cancellationToken).ConfigureAwait(false)).Read(AccountJson.Default.DomainAnswerDto);
    }
}
