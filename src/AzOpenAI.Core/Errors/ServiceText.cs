namespace AzOpenAI.Core.Errors;

/// <summary>Limits the length of a service's text in an error.</summary>
internal static class ServiceText
{
    // The longest known messages list all regions and API versions, about 4,000 characters.
    private const int MaxMessage = 8192;

    /// <summary>The message, truncated if it's longer than any known one.</summary>
    public static string Message(string text) => Shorten(text, MaxMessage);

    /// <summary>The text, truncated with an ellipsis.</summary>
    public static string Shorten(string text, int length) => text.Length > length ? text[..length] + "..." : text;
}
