using System.Text;

namespace AzOpenAI.Core.Errors;

/// <summary>
/// The secrets that one request carried, and the one way to take them out of text that is to be shown: gateways echo what they were sent in error bodies,
/// reason phrases and headers. The text and values of a successful answer are never passed through here.
/// </summary>
/// <remarks>
/// A secret is found as it is and in the escaped forms of JSON, URLs and HTML, in any mixture of them and in any letter case. Not thread-safe for
/// <see cref="Add"/>; one instance belongs to one call.
/// </remarks>
internal sealed class SecretRedactor
{
    /// <summary>What stands in the place of a secret.</summary>
    public const string Replacement = "***";

    // Shorter values, such as the "none" that local servers want for a key, protect nothing, and hiding them would spoil ordinary words.
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

    /// <summary>Remembers a secret. A scheme before it, as in <c>Bearer ...</c>, is not part of it.</summary>
    public void Add(string value)
    {
        string secret = value.Trim();
        int space = secret.IndexOf(' ', StringComparison.Ordinal);
        if (space > 0 && Schemes.Contains(secret[..space]))
            secret = secret[(space + 1)..].TrimStart();
        AddExact(secret);
        // Of "SharedKey account:key" or a cookie, a gateway may send back a part alone.
        foreach (string part in secret.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Length >= MinimumPart)
                AddExact(part);
        }

        // What Basic authentication carries: "user:password".
        byte[] decoded = new byte[secret.Length];
        if (space > 0 && Convert.TryFromBase64String(secret, decoded, out int length) && Encoding.UTF8.GetString(decoded, 0, length) is var pair && pair.Contains(':', StringComparison.Ordinal))
            AddExact(pair[(pair.IndexOf(':', StringComparison.Ordinal) + 1)..]);
    }

    /// <summary>Remembers the values of a query that carry a secret by their names.</summary>
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

    /// <summary>Remembers a header's value, and gives it back. Of plain text nobody says whether it is secret, so it is taken for one unless its name tells otherwise.</summary>
    public string AddHeader(string name, string value, bool isSecret)
    {
        bool harmless = !isSecret && (HarmlessNames.Contains(name) || HarmlessPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)));
        if (!harmless)
            Add(value);
        return value;
    }

    /// <summary>The text with every secret masked; the same instance where it holds none.</summary>
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

    /// <summary>The exception, or one that only tells its type and masked message where its text holds a secret.</summary>
    public Exception? Redact(Exception? exception)
    {
        if (exception is null || _secrets.Count == 0)
            return exception;
        string text = exception.ToString();
        return ReferenceEquals(Redact(text), text) ? exception : new IOException($"{exception.GetType().Name}: {Redact(exception.Message)}");
    }

    private static void Find(UnescapedText layer, string secret, List<(int Start, int End)> spans)
    {
        // However it is escaped, it begins with the secret's own first character or with the mark of an escape.
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

    // Spans that overlap are one secret found twice, or one that begins with another.
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
