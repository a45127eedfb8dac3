using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Blocklists;

namespace AzOpenAI.Core.Management.ContentFilters;

/// <summary>Creates and updates content filters: creates a plan with reads only, then makes the change.</summary>
public sealed class ContentFilterProvisioner(ManagementClient client)
{
    /// <summary>Plans a create or, with Ensure, an update.</summary>
    /// <exception cref="AzOpenAIException">ContentFilterExists, ContentFilterSystemManaged, ContentFilterNotFound (the base policy), BlocklistNotFound.</exception>
    public async Task<ContentFilterPlan> PlanAsync(ContentFilterRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ManagementClient own = client.For(request.Resource.SubscriptionId);
        long seen = own.Writer.Version(ArmPath.Account(request.Resource));
        Task blocklists = CheckBlocklistsAsync(own, request, cancellationToken);
        List<ContentFilter> all = await ReadAllAsync(own, request.Resource, cancellationToken).ConfigureAwait(false);
        await blocklists.ConfigureAwait(false);
        ContentFilter? basePolicy = Base(request, all);
        if (all.Find(f => Same(f.Name, request.Name)) is ContentFilter existing)
            return Match(request, existing) with { Seen = seen };

        string settings = string.Concat(request.Settings.Select(s => $"; {s.Category} ({s.Side}): {s.Level}"));
        return new ContentFilterPlan(request)
        {
            Base = basePolicy ?? throw NoBase(request, ContentFilterRequest.DefaultBasePolicy, all),
            Seen = seen,
            ReportsChange = request.Ensure,
            Steps = [new PlannedStep(Target(request), $"Create from {request.BasePolicy ?? ContentFilterRequest.DefaultBasePolicy}{settings}")],
        };
    }

    /// <summary>Plans the update of an existing filter.</summary>
    /// <exception cref="AzOpenAIException">ContentFilterNotFound, ContentFilterSystemManaged, BlocklistNotFound.</exception>
    public async Task<ContentFilterPlan> PlanChangeAsync(ContentFilterRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ManagementClient own = client.For(request.Resource.SubscriptionId);
        long seen = own.Writer.Version(ArmPath.Account(request.Resource));
        ContentFilter live = await own.ContentFilters.GetAsync(request.Resource, request.Name, cancellationToken).ConfigureAwait(false);
        ContentFilterOperations.RefuseSystem(live);
        await CheckBlocklistsAsync(own, request, cancellationToken).ConfigureAwait(false);
        if (request.BasePolicy is not null)
            _ = await own.ContentFilters.GetAsync(request.Resource, request.BasePolicy, cancellationToken).ConfigureAwait(false);
        return Change(request, live) with { Seen = seen };
    }

    /// <summary>Makes the change.</summary>
    /// <exception cref="AzOpenAIException">The service rejected it.</exception>
    public async Task<ContentFilter> ApplyAsync(ContentFilterPlan plan, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ContentFilterRequest request = plan.Request;
        ManagementClient own = client.For(request.Resource.SubscriptionId);
        string activity = $"{(plan.Existing is null ? "Creating" : "Updating")} content filter '{request.Name}'";
        async Task<ArmRequest?> PrepareAsync(bool stale, CancellationToken ct)
        {
            if (stale)
                plan = await ReplanAsync(own, plan, ct).ConfigureAwait(false);
            return plan.Steps.Count == 0 ? null : ArmRequest.Put(ArmPath.ContentFilter(request.Resource, plan.Existing?.Name ?? request.Name)) with
            {
                Body = ContentFilterBody.Of(plan),
                Activity = activity,
            };
        }

        ArmResponse? response = plan.Steps.Count == 0
            ? null
            : await own.Writer.WriteAsync(ArmPath.Account(request.Resource), activity, plan.Seen, PrepareAsync, wait: true, cancellationToken).ConfigureAwait(false);
        ContentFilter filter = response switch
        {
            null => plan.Existing!,
            { Body: var body } when body.ToMemory().IsEmpty => await own.ContentFilters.GetAsync(request.Resource, request.Name, cancellationToken).ConfigureAwait(false),
            _ => ContentFilterMapper.Map(response, request.Resource),
        };
        return filter with { Changed = plan.ReportsChange ? response is not null : null, Drift = plan.Drift };
    }

    // Includes changes by this process since the plan was made: the body of a PUT is the whole filter, and would undo them.
    private static async Task<ContentFilterPlan> ReplanAsync(ManagementClient own, ContentFilterPlan plan, CancellationToken cancellationToken)
    {
        ContentFilterRequest request = plan.Request;
        if (plan.Existing is not null)
            return Change(request, await own.ContentFilters.GetAsync(request.Resource, request.Name, cancellationToken).ConfigureAwait(false));
        ContentFilter? existing = await own.ContentFilters.FindAsync(request.Resource, request.Name, cancellationToken).ConfigureAwait(false);
        return existing is null ? plan : Match(request, existing);
    }

    private static ContentFilterPlan Match(ContentFilterRequest request, ContentFilter existing)
    {
        ContentFilterOperations.RefuseSystem(existing);
        return request.Ensure
            ? Change(request, existing)
            : throw Failure.Of(nameof(Messages.ContentFilterExists), ErrorKind.AlreadyExists, existing.Name, request.Resource.Name);
    }

    private static ContentFilterPlan Change(ContentFilterRequest request, ContentFilter live)
    {
        IReadOnlyList<PropertyDrift> drift = ContentFilterDrift.Of(request, live);
        return new ContentFilterPlan(request)
        {
            Existing = live,
            Drift = drift,
            ReportsChange = true,
            Steps = drift.Count == 0 ? [] : [new PlannedStep(Target(request), $"Update {string.Join("; ", drift)}")],
        };
    }

    private static string Target(ContentFilterRequest request) => $"content filter '{request.Name}' of resource '{request.Resource.Name}'";

    private static ContentFilter? Base(ContentFilterRequest request, List<ContentFilter> all)
    {
        string name = request.BasePolicy ?? ContentFilterRequest.DefaultBasePolicy;
        ContentFilter? found = all.Find(f => Same(f.Name, name));
        return found is null && request.BasePolicy is not null ? throw NoBase(request, name, all) : found;
    }

    // Without the rules of a base policy, a new filter would only have the specified ones and allow everything else.
    private static AzOpenAIException NoBase(ContentFilterRequest request, string name, List<ContentFilter> all) => Failure.Of(
        nameof(Messages.ContentFilterNotFound), ErrorKind.NotFound, name, request.Resource.Name,
        $"{Nearest.Describe(name, [.. all.Select(f => f.Name)], "")}Use one of them for -BasePolicy. ");

    private static async Task<List<ContentFilter>> ReadAllAsync(ManagementClient own, Resource resource, CancellationToken cancellationToken)
    {
        List<ContentFilter> all = [];
        await foreach (ContentFilter filter in own.ContentFilters.ListAsync(resource, cancellationToken).ConfigureAwait(false))
            all.Add(filter);
        return all;
    }

    private static async Task CheckBlocklistsAsync(ManagementClient own, ContentFilterRequest request, CancellationToken cancellationToken)
    {
        string[] wanted = [.. (request.PromptBlocklists ?? []).Concat(request.CompletionBlocklists ?? []).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (wanted.Length == 0)
            return;
        List<string> there = [];
        await foreach (Blocklist list in own.Blocklists.ListAsync(request.Resource, cancellationToken).ConfigureAwait(false))
            there.Add(list.Name);
        if (wanted.FirstOrDefault(n => !there.Contains(n, StringComparer.OrdinalIgnoreCase)) is string missing)
        {
            throw Failure.Of(
                nameof(Messages.BlocklistNotFound), ErrorKind.NotFound, missing, request.Resource.Name, Nearest.Describe(missing, there, "The resource doesn't have any blocklists. "));
        }
    }

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
