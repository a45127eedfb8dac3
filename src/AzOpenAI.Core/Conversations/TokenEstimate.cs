namespace AzOpenAI.Core.Conversations;

/// <summary>
/// Estimates tokens. Without a tokenizer, the estimate is based on length, and corrected by the service's count for messages of the same
/// conversation. Only messages that were never sent are estimated.
/// </summary>
/// <remarks>
/// A token is four ASCII characters, two of other alphabets, or one character of a script without spaces; each message adds four, an image 85 at low detail,
/// otherwise 765, a file one per four bytes. The numbers are assumptions, which the correction compensates for.
/// </remarks>
internal static class TokenEstimate
{
    private const double PerMessage = 4;
    private const double ImageLow = 85;
    private const double ImageHigh = 765;
    private const double MaximumCorrection = 4;

    /// <summary>Uncorrected tokens of a message.</summary>
    public static double Of(ChatMessage message)
    {
        double tokens = PerMessage + OfText(message.Content) + OfText(message.Refusal) + OfText(message.Name) + OfText(message.ToolCallId);
        foreach (ChatContentPart part in message.Parts)
            tokens += OfPart(part);
        foreach (ToolCall call in message.ToolCalls)
            tokens += PerMessage + OfText(call.Name) + OfText(call.Arguments);
        return tokens;
    }

    /// <summary>The factor for estimates, from the messages that the service has counted; 1 if there are none.</summary>
    public static double Correction(IReadOnlyList<ConversationEntry> entries)
    {
        double counted = 0;
        double guessed = 0;
        for (int i = 0; i < entries.Count; i++)
        {
            // The tokens of an image are unrelated to text.
            if (entries[i] is { Tokens: { } tokens, Message.Parts.Count: 0 } entry)
            {
                counted += tokens;
                guessed += Of(entry.Message);
            }
        }

        return guessed > 0 && counted > 0 ? Math.Clamp(counted / guessed, 1 / MaximumCorrection, MaximumCorrection) : 1;
    }

    private static double OfPart(ChatContentPart part) => part switch
    {
        { Type: "text" } => OfText(part.Text),
        { Type: "image_url" } => part.Detail == "low" ? ImageLow : ImageHigh,
        { Data.IsEmpty: false } => part.Data.Length / 4.0,
        { Json: { } json } => json.Length / 4.0,
        _ => PerMessage,
    };

    private static double OfText(string? text)
    {
        double tokens = 0;
        foreach (char character in text ?? "")
        {
            tokens += character switch
            {
                < '\u0080' => 0.25,
                < '\u0E00' => 0.5,
                _ => 1,
            };
        }

        return tokens;
    }
}
