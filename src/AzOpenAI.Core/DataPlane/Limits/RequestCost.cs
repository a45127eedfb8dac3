namespace AzOpenAI.Core.DataPlane.Limits;

/// <summary>
/// What a request counts against the token limit when it arrives. Documented: the characters of the prompt plus the maximum output tokens, times the
/// number of choices. Measured: only the maximum, or 16 without one. This uses the documented cost; the headers then show which applies.
/// </summary>
internal static class RequestCost
{
    private const int AnswerWithoutLimit = 16;
    private const int CharactersPerToken = 4;
    private const int PerMessage = 3;
    private const int PerImage = 85;

    /// <summary>Returns the tokens, at least one.</summary>
    public static long Of(ChatRequest request)
    {
        long characters = 0;
        long tokens = (long)(request.MaxTokens ?? AnswerWithoutLimit) * (request.ChoiceCount ?? 1);
        for (int i = 0; i < request.Messages.Count; i++)
        {
            ChatMessage message = request.Messages[i];
            characters += message.Content.Length;
            tokens += PerMessage;
            for (int part = 0; part < message.Parts.Count; part++)
            {
                characters += message.Parts[part].Text?.Length ?? 0;
                tokens += message.Parts[part].Type == "image_url" ? PerImage : 0;
            }
        }

        return Math.Max(1, tokens + (characters / CharactersPerToken));
    }
}
