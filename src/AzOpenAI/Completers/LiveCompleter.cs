using System.Collections;
using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Language;
using AzOpenAI.Async;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Subscriptions;
using AzOpenAI.Sessions;

namespace AzOpenAI.Completers;

/// <summary>A completer that uses the service or the cache, within two seconds, and returns nothing on failure. Without a context it never signs in.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class LiveCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        try
        {
            return Complete(commandName, wordToComplete ?? "", fakeBoundParameters);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // An exception in a completer breaks the prompt line.
            return [];
        }
    }

    /// <summary>The cache key in addition to the subscription; null if nothing can be completed yet.</summary>
    private protected abstract string? CacheKey(CompletionArguments arguments);

    /// <summary>All candidates.</summary>
    private protected abstract Task<IReadOnlyList<string>> ListAsync(ManagementClient client, CompletionArguments arguments, CancellationToken cancellationToken);

    private IEnumerable<CompletionResult> Complete(string commandName, string wordToComplete, IDictionary bound)
    {
        Session session = Session.Current;
        CompletionArguments arguments = new(bound, session.DefaultResourceId, commandName);
        Context? context = arguments.Context ?? session.Context;
        if (context is null || CacheKey(arguments) is not string key)
            return [];

        string fullKey = $"{arguments.SubscriptionName ?? arguments.SubscriptionId ?? context.SubscriptionId}/{GetType().Name}/{key}";
        if (!session.Completions.TryGet(fullKey, out IReadOnlyList<string> values))
        {
            ManagementClient client = new(context, new ServiceOptions { MaxWait = CompleterRunner.Deadline });
            if (arguments.SubscriptionId is string subscription)
                client = client.ForSubscription(subscription);
            if (!CompleterRunner.TryRun(token => ListInSubscriptionAsync(client, arguments, token), out IReadOnlyList<string>? live))
                return [];
            session.Completions.Set(fullKey, live);
            values = live;
        }

        return Match(values, wordToComplete);
    }

    private async Task<IReadOnlyList<string>> ListInSubscriptionAsync(ManagementClient client, CompletionArguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.SubscriptionName is string name)
            client = client.ForSubscription((await client.Subscriptions.ResolveAsync(name, cancellationToken).ConfigureAwait(false)).SubscriptionId);
        return await ListAsync(client, arguments, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The values that start with the word, quoted if necessary.</summary>
    internal static IEnumerable<CompletionResult> Match(IEnumerable<string> values, string wordToComplete)
    {
        string word = wordToComplete.Trim('\'', '"');
        WildcardPattern pattern = WildcardPattern.Get(WildcardPattern.Escape(word) + "*", WildcardOptions.IgnoreCase);
        return values.Where(pattern.IsMatch).Select(value => new CompletionResult(Quote(value), value, CompletionResultType.ParameterValue, value));
    }

    private static string Quote(string value)
    {
        foreach (char character in value)
        {
            if (!char.IsLetterOrDigit(character) && character is not ('-' or '_' or '.' or '/'))
                return $"'{CodeGeneration.EscapeSingleQuotedStringContent(value)}'";
        }

        return value;
    }
}
