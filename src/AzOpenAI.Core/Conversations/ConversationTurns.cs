using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Conversations;

/// <summary>
/// Determines the turns of a history and which of them fit. A turn is a user message, or several in a row, with everything up to the next one: responses,
/// tool calls and their results stay together. System messages don't belong to a turn and are never removed.
/// </summary>
internal static class ConversationTurns
{
    private const int NoTurn = -1;

    /// <summary>The turn number of each message; negative for a system message.</summary>
    public static int[] Number(IReadOnlyList<ConversationEntry> entries)
    {
        int[] numbers = new int[entries.Count];
        int turn = NoTurn;
        bool inQuestion = false;
        for (int i = 0; i < numbers.Length; i++)
        {
            string role = entries[i].Message.Role;
            if (IsKept(role))
            {
                numbers[i] = NoTurn;
                continue;
            }

            bool asks = role == "user";
            if (turn == NoTurn || (asks && !inQuestion))
                turn++;
            inQuestion = asks;
            numbers[i] = turn;
        }

        return numbers;
    }

    /// <summary>The number of turns.</summary>
    public static int Count(IReadOnlyList<ConversationEntry> entries) => Number(entries).DefaultIfEmpty(NoTurn).Max() + 1;

    /// <summary>True for the roles that are never removed.</summary>
    public static bool IsKept(string role) => role is "system" or "developer";

    /// <summary>Tokens of all entries, counted or else estimated.</summary>
    public static int Tokens(IReadOnlyList<ConversationEntry> entries)
    {
        double correction = TokenEstimate.Correction(entries);
        return (int)Math.Round(entries.Sum(entry => TokensOf(entry, correction)));
    }

    /// <summary>Omits the oldest turns until the limits are met. The last turn is always kept.</summary>
    /// <param name="entries">History and new messages.</param>
    /// <param name="maxTurns">Maximum number of turns; 0 for no limit.</param>
    /// <param name="maxTokens">Maximum number of tokens; 0 for no limit.</param>
    /// <exception cref="AzOpenAIException">ConversationTokensExceeded: the last turn and the system messages alone exceed the limit.</exception>
    public static (IReadOnlyList<ConversationEntry> Kept, ConversationDropped Dropped) Fit(IReadOnlyList<ConversationEntry> entries, int maxTurns, int maxTokens)
    {
        int[] numbers = Number(entries);
        int turns = numbers.DefaultIfEmpty(NoTurn).Max() + 1;
        int drop = maxTurns > 0 ? Math.Max(0, turns - maxTurns) : 0;
        double correction = TokenEstimate.Correction(entries);
        double[] perTurn = new double[turns];
        double left = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            double tokens = TokensOf(entries[i], correction);
            if (numbers[i] >= 0)
                perTurn[numbers[i]] += tokens;
            if (numbers[i] < 0 || numbers[i] >= drop)
                left += tokens;
        }

        while (maxTokens > 0 && left > maxTokens && drop < turns - 1)
            left -= perTurn[drop++];
        if (maxTokens > 0 && left > maxTokens)
            throw Failure.Of(nameof(Messages.ConversationTokensExceeded), ErrorKind.InvalidInput, (int)Math.Ceiling(left), maxTokens);
        if (drop == 0)
            return (entries, new ConversationDropped());

        List<ConversationEntry> kept = [];
        for (int i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] < 0 || numbers[i] >= drop)
                kept.Add(entries[i]);
        }

        return (kept, new ConversationDropped { Turns = drop, Messages = entries.Count - kept.Count, Tokens = (int)Math.Round(perTurn.Take(drop).Sum()) });
    }

    /// <summary>Distributes the tokens that the service counted for all entries: those without a count share the remainder.</summary>
    public static IReadOnlyList<ConversationEntry> Measure(IReadOnlyList<ConversationEntry> entries, int counted)
    {
        double known = entries.Sum(static entry => entry.Tokens ?? 0);
        double guessed = entries.Where(static entry => entry.Tokens is null).Sum(static entry => TokenEstimate.Of(entry.Message));
        double rest = counted - known;
        // Another model or missing tools may change the count of known entries: then all of them share it.
        if (guessed <= 0 || rest < guessed / 4)
        {
            double all = known + guessed;
            return all <= 0 ? entries : [.. entries.Select(entry => entry with { Tokens = (entry.Tokens ?? TokenEstimate.Of(entry.Message)) * counted / all })];
        }

        return [.. entries.Select(entry => entry.Tokens is null ? entry with { Tokens = TokenEstimate.Of(entry.Message) * rest / guessed } : entry)];
    }

    private static double TokensOf(ConversationEntry entry, double correction) => entry.Tokens ?? TokenEstimate.Of(entry.Message) * correction;
}
