namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>Adds up billed tokens.</summary>
internal static class UsageSum
{
    /// <summary>Returns the sum of both; an unknown one counts as zero.</summary>
    /// <returns>Null if both are unknown.</returns>
    public static TokenUsage? Of(TokenUsage? left, TokenUsage? right) => left is null || right is null ? left ?? right : new TokenUsage
    {
        PromptTokens = left.PromptTokens + right.PromptTokens,
        CompletionTokens = left.CompletionTokens + right.CompletionTokens,
        TotalTokens = left.TotalTokens + right.TotalTokens,
        CachedTokens = left.CachedTokens + right.CachedTokens,
        ReasoningTokens = left.ReasoningTokens + right.ReasoningTokens,
        AcceptedPredictionTokens = left.AcceptedPredictionTokens + right.AcceptedPredictionTokens,
        RejectedPredictionTokens = left.RejectedPredictionTokens + right.RejectedPredictionTokens,
        AudioTokens = left.AudioTokens + right.AudioTokens,
    };
}
