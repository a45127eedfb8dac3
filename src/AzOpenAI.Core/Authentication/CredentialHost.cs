namespace AzOpenAI.Core.Authentication;

/// <summary>What the credentials take from the machine: tests bring their own.</summary>
internal sealed record CredentialHost
{
    /// <summary>The process: its environment, the SDK's own connections.</summary>
    public static CredentialHost Process { get; } = new();

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Instead of the SDK's own client.</summary>
    public HttpClient? Client { get; init; }

    /// <summary>The variable's text; null where it is absent or empty.</summary>
    public string? Value(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (Variable(name) is { } text && !string.IsNullOrWhiteSpace(text))
                return text.Trim();
        }

        return null;
    }
}
