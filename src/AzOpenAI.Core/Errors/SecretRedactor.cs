using System.Text;

namespace AzOpenAI.Core.Errors;

/// <summary>
/// The secrets that one request carried. Masks them in text that is displayed: gateways echo what they received in error bodies,
/// reason phrases and headers. The text and values of a successful response are never redacted.
/// </summary>
/// <remarks>
/// Finds a secret in plain form and in the escaped forms of JSON, URLs and HTML, in any combination and in any case. Not thread-safe for
/// <see cref="Add"/>; one instance belongs to one call.
/// </remarks>
internal sealed class SecretRedactor
{
    /// <summary>The replacement for a secret.</summary>
    public const string Replacement = "***";

    // Shorter values, such as the "none" that local servers expect as a key, protect nothing, and masking them would garble ordinary words.
    private const int MinimumLength = 5;

    private const int MinimumPart = 12;

    private static readonly char[] Separators = [' ', ';', ',', ':', '='];
    private static readonly string[] SecretWords = ["key", "token", "secret", "password", "sig", "code"];
    private static readonly HashSet<string> Schemes = new(StringComparer.OrdinalIgnoreCase) { "Bearer", "Basic", "Digest", "Token", "ApiKey" };
    private static readonly string[] HarmlessPrefixes = ["Accept", "Content-", "If-", "OpenAI-"];
    private static readonly HashSet<string> HarmlessNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "Idempotency-Key", "Prefer", "traceparent", "tracestate", "User-Agent", "x-ms-client-request-id", "x-ms-oai-image-generation-deployment", "x-request-id",
    };

    private readonly List<string> _secrets = new(2);

    /// <summary>Adds a secret. A scheme before it, as in <c>Bearer ...</c>, isn't part of it.</summary>
    public void Add(string value)
    {
        string secret = value.Trim();
        int space = secret.IndexOf(' ', StringComparison.Ordinal);
        if (space > 0 && Schemes.Contains(secret[..space]))
            secret = secret[(space + 1)..].TrimStart();
        AddExact(secret);
        // Of "SharedKey account:key" or a cookie, a gateway may echo only a part.
        foreach (string part in secret.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Length >= MinimumPart)
                AddExact(part);
        }

        // The payload of Basic authentication: "user:password".
        byte[] decoded = new byte[secret.Length];
        if (space > 0 && Convert.TryFromBase64String(secret, decoded, out int length) && Encoding.UTF8.GetString(decoded, 0, length) is var pair && pair.Contains(':', StringComparison.Ordinal))
            AddExact(pair[(pair.IndexOf(':', StringComparison.Ordinal) + 1)..]);
    }

    /// <summary>Adds the values of query parameters whose names indicate a secret.</summary>
    public void AddQuery(string query)
    {
        foreach (string pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && SecretWords.Any(word => pair.AsSpan(0, equals).Contains(word, StringComparison.OrdinalIgnoreCase)))
                AddExact(Uri.UnescapeDataString(pair[(equals + 1)..]));
        }
    }

    private void AddExact(string secret)
    {
        if (secret.Length >= MinimumLength && !_secrets.Contains(secret))
            _secrets.Add(secret);
    }

    /// <summary>Adds a header's value, and returns it. A plain string may be secret or not, so it is treated as one unless its name indicates otherwise.</summary>
    public string AddHeader(string name, string value, bool isSecret)
    {
        bool harmless = !isSecret && (HarmlessNames.Contains(name) || HarmlessPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));
        if (!harmless)
            Add(value);
        return value;
    }

    /// <summary>Masks every secret in the text. Returns the same instance if there is none.</summary>
    public string? Redact(string? text)
    {
        if (string.IsNullOrEmpty(text) || _secrets.Count == 0)
            return text;
        List<(int Start, int End)> spans = [];
        foreach (UnescapedText layer in UnescapedText.Layers(text))
        {
            foreach (string secret in _secrets)
                Find(layer, secret, spans);
        }

        return spans.Count == 0 ? text : Mask(text, spans);
    }

    /// <summary>Returns the exception, or one with only its type and masked message if its text contains a secret.</summary>
    public Exception? Redact(Exception? exception)
    {
        if (exception is null || _secrets.Count == 0)
            return exception;
        string text = exception.ToString();
        return ReferenceEquals(Redact(text), text) ? exception : new IOException($"{exception.GetType().Name}: {Redact(exception.Message)}");
    }

    private static void Find(UnescapedText layer, string secret, List<(int Start, int End)> spans)
    {
        // In any notation, it starts with the secret's own first character or with an escape character.
        ReadOnlySpan<char> starts = [char.ToLowerInvariant(secret[0]), char.ToUpperInvariant(secret[0]), '\\', '%', '&'];
        ReadOnlySpan<char> text = layer.Text;
        for (int at = 0; at < text.Length;)
        {
            int step = text[at..].IndexOfAny(starts);
            if (step < 0)
                return;
            at += step;
            int length = EscapedText.MatchLength(text[at..], secret);
            if (length > 0)
                spans.Add((layer.Starts[at], layer.Starts[at + length]));
            at += Math.Max(length, 1);
        }
    }

    // Overlapping spans are one secret found twice, or one that starts with another.
    private static string Mask(string text, List<(int Start, int End)> spans)
    {
        StringBuilder result = new(text.Length);
        int copied = 0;
        foreach ((int start, int end) in spans.OrderBy(static span => span.Start))
        {
            if (start >= copied)
                result.Append(text, copied, start - copied).Append(Replacement);
            copied = Math.Max(copied, end);
        }

        return result.Append(text, copied, text.Length - copied).ToString();
    }
}
