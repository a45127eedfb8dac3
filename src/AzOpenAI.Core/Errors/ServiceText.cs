namespace AzOpenAI.Core.Errors;

/// <summary>Text of a service in an error: as long as it needs to be, and no longer.</summary>
internal static class ServiceText
{
    // The longest known messages list all regions and api-versions, and take about 4,000 characters.
    private const int MaxMessage = 8192;

    /// <summary>A message, cut where no known one is that long.</summary>
    public static string Message(string text) => Shorten(text, MaxMessage);

    /// <summary>The text, or its beginning and an ellipsis.</summary>
    public static string Shorten(string text, int length) => text.Length > length ? text[..length] + "..." : text;
}
