using System.Globalization;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Core.Connections;

/// <summary>Formats of API versions.</summary>
internal static class ApiVersions
{
    private const string PreviewSuffix = "-preview";
    private const string V1 = "v1";

    /// <summary>Normalizes a version: <c>v1</c>, or a date with or without <c>-preview</c>; null if there is none.</summary>
    /// <exception cref="AzOpenAIException">ApiVersionInvalid.</exception>
    public static string? Normalise(string? version)
    {
        if (string.IsNullOrWhiteSpace(version))
            return null;
        string text = version.Trim().ToLowerInvariant();
        if (text is V1 or "preview" or "latest")
            return V1;
        ReadOnlySpan<char> date = text.EndsWith(PreviewSuffix, StringComparison.Ordinal) ? text.AsSpan(0, text.Length - PreviewSuffix.Length) : text;
        return DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            ? text
            : throw Failure.Of(nameof(Messages.ApiVersionInvalid), ErrorKind.InvalidInput, ShownText.Name(version));
    }

    /// <summary>True for a dated version.</summary>
    public static bool IsDated(string? version) => version is not null && version.Trim().Length > 0 && char.IsAsciiDigit(version.Trim()[0]);
}
