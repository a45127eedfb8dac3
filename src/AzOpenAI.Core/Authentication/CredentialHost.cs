namespace AzOpenAI.Core.Authentication;

/// <summary>What credentials use of the machine; tests pass their own.</summary>
internal sealed record CredentialHost
{
    /// <summary>The process: its environment, and the SDK's own HTTP client.</summary>
    public static CredentialHost Process { get; } = new();

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>Replaces the SDK's own HTTP client.</summary>
    public HttpClient? Client { get; init; }

    /// <summary>The variable's value; null if it is absent or empty.</summary>
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
