using System.Runtime.CompilerServices;
using System.Text.Json;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Management.Arm;

namespace AzOpenAI.Core.Management.ContentFilters;

/// <summary>Content filters of a resource.</summary>
public sealed class ContentFilterOperations
{
    private readonly ManagementClient _client;

    internal ContentFilterOperations(ManagementClient client) => _client = client;

    /// <summary>All content filters of the resource, system-managed ones first.</summary>
    public async IAsyncEnumerable<ContentFilter> ListAsync(Resource resource, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArmRequest request = ArmRequest.Get(ArmPath.ContentFilters(resource));
        await foreach ((ArmResponse response, JsonElement item) in _client.Arm.ListAsync(request, cancellationToken).ConfigureAwait(false))
            yield return ContentFilterMapper.Map(response, item, resource);
    }

    /// <summary>Returns the content filter.</summary>
    /// <exception cref="AzOpenAIException">ContentFilterNotFound with the existing names, ResourceNotFound.</exception>
    public async Task<ContentFilter> GetAsync(Resource resource, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        (ContentFilter? filter, AzOpenAIException? error) = await TryGetAsync(resource, name, cancellationToken).ConfigureAwait(false);
        if (filter is not null)
            return filter;
        throw Failure.Of(error!.ErrorId, error.Kind, AnswerFacts.Of(error), name, resource.Name, await DescribeNamesAsync(resource, name, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Removes the filter and waits until it is deleted. One that doesn't exist isn't an error.</summary>
    public Task DeleteAsync(Resource resource, string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resource);
        ArmRequest request = ArmRequest.Delete(ArmPath.ContentFilter(resource, name)) with { Activity = $"Deleting content filter '{name}'" };
        return _client.Writer.WriteAsync(ArmPath.Account(resource), request, wait: true, cancellationToken);
    }

    /// <summary>Returns the content filter, or null.</summary>
    /// <exception cref="AzOpenAIException">ResourceNotFound: the resource doesn't exist.</exception>
    internal async Task<ContentFilter?> FindAsync(Resource resource, string name, CancellationToken cancellationToken) =>
        (await TryGetAsync(resource, name, cancellationToken).ConfigureAwait(false)).Filter;

    internal static void RefuseSystem(ContentFilter filter)
    {
        if (filter.IsSystem)
            throw Failure.Of(nameof(Messages.ContentFilterSystemManaged), ErrorKind.NotAvailable, filter.Name);
    }

    /// <summary>Describes the existing names, for the error about a name that doesn't exist; empty if they can't be read.</summary>
    internal async Task<string> DescribeNamesAsync(Resource resource, string name, CancellationToken cancellationToken)
    {
        List<string> names = [];
        try
        {
            await foreach (ContentFilter filter in ListAsync(resource, cancellationToken).ConfigureAwait(false))
                names.Add(filter.Name);
        }
        catch (AzOpenAIException)
        {
            // The error to report is the missing filter, not that the others can't be listed.
            return "";
        }

        return Nearest.Describe(name, names, "The resource doesn't have any content filters. ");
    }

    // Either the filter, or why there is none.
    private async Task<(ContentFilter? Filter, AzOpenAIException? Missing)> TryGetAsync(Resource resource, string name, CancellationToken cancellationToken)
    {
        ArmRequest request = ArmRequest.Get(ArmPath.ContentFilter(resource, name));
        ArmResponse response = await _client.Arm.TrySendAsync(request, null, cancellationToken).ConfigureAwait(false);
        if (response.IsSuccess)
            return (ContentFilterMapper.Map(response, resource), null);
        AzOpenAIException error = ArmErrors.FromAnswer(response, _client.Context);
        return error.ErrorId == nameof(Messages.ContentFilterNotFound) ? (null, error) : throw error;
    }
}
