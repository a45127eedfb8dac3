namespace AzOpenAI.Tests.Doubles;

/// <summary>A request as the double got it, with the address that the client meant.</summary>
internal sealed record DoubleRequest(string Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>A header, null where it is absent.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out string? value) ? value : null;

    /// <summary>A value of the query.</summary>
    public string? Query(string name) => Find(Uri.Query.TrimStart('?'), name);

    /// <summary>A field of a form.</summary>
    public string? Form(string name) => Find(Body, name);

    /// <inheritdoc/>
    public override string ToString() => $"{Method} {Uri.GetLeftPart(UriPartial.Path)}";

    private static string? Find(string text, string name)
    {
        foreach (string pair in text.Split('&'))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && Uri.UnescapeDataString(pair[..equals]).Equals(name, StringComparison.OrdinalIgnoreCase))
                return Uri.UnescapeDataString(pair[(equals + 1)..].Replace('+', ' '));
        }

        return null;
    }
}

/// <summary>What the double says to it.</summary>
internal sealed record DoubleAnswer(int Status, string Body, params (string Name, string Value)[] Headers)
{
    /// <summary>In the place of a status: the connection ends without an answer.</summary>
    public const int HangUp = 0;
}
