using System.Text;
using System.Text.RegularExpressions;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.Http;

/// <summary>Strings that become part of a URL: a path segment, a query parameter, an API version.</summary>
internal static partial class RequestPath
{
    /// <summary>
    /// One segment, escaped. Dots alone are rejected, since they lead to the parent in any notation, escaped or not; so are control characters, which no name has.
    /// </summary>
    /// <exception cref="AzOpenAIException">NameInPathInvalid.</exception>
    public static string Segment(string name)
    {
        if (name.All(static character => character == '.') || name.Any(char.IsControl))
            throw Failure.Of(nameof(Messages.NameInPathInvalid), ErrorKind.InvalidInput, ShownText.Name(name));
        return Uri.EscapeDataString(name);
    }

    /// <summary>The value of a query parameter, unescaped; null if it is absent or empty.</summary>
    public static string? QueryValue(string query, string name)
    {
        foreach (string pair in query.TrimStart('?').Split('&'))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0 && pair.AsSpan(0, equals).Equals(name, StringComparison.OrdinalIgnoreCase) && pair.Length > equals + 1)
                return Uri.UnescapeDataString(pair[(equals + 1)..]);
        }

        return null;
    }

    /// <summary>Adds a parameter to a query, escaped.</summary>
    public static StringBuilder Append(StringBuilder query, string name, string value) =>
        query.Append(query.Length == 0 ? "" : "&").Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));

    /// <summary>Rejects an invalid API version of Azure Resource Manager.</summary>
    /// <exception cref="AzOpenAIException">RequestApiVersionInvalid.</exception>
    public static string ManagementVersion(string version) => DatedVersion().IsMatch(version)
        ? version
        : throw Failure.Of(nameof(Messages.RequestApiVersionInvalid), ErrorKind.InvalidInput, ShownText.Name(version));

    /// <summary>Rejects a user's path that would be resolved to something else.</summary>
    /// <exception cref="AzOpenAIException">RequestPathInvalid.</exception>
    public static void Check(string path)
    {
        if (HalfAddress().IsMatch(path))
            throw Failure.Of(nameof(Messages.RequestPathInvalid), ErrorKind.InvalidInput, ShownText.Path(path), "it isn't a path or an address with '://'");
        if (path.Any(char.IsControl) || path.Contains('#', StringComparison.Ordinal))
            throw Failure.Of(nameof(Messages.RequestPathInvalid), ErrorKind.InvalidInput, ShownText.Path(path), "it contains a line break, another control character or a '#'");
    }

    // "//user:password@host" and "https:/user:password@host" are mistyped URLs; as paths they would expose the password.
    [GeneratedRegex(@"\A(//|[A-Za-z][A-Za-z0-9+.-]*:/?(?!/))[^/]*@", RegexOptions.None, 2000)]
    private static partial Regex HalfAddress();

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}(-[A-Za-z0-9.]{1,40})?\z", RegexOptions.None, 2000)]
    private static partial Regex DatedVersion();
}
