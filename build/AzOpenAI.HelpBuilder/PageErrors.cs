namespace AzOpenAI.HelpBuilder;

/// <summary>What is wrong in one line of a page.</summary>
/// <param name="File">Path as it was given.</param>
/// <param name="Line">1-based; 0 where the file as a whole is meant.</param>
/// <param name="Message">What is missing or wrong.</param>
internal sealed record PageError(string File, int Line, string Message)
{
    /// <summary>The form that MSBuild and editors parse.</summary>
    public override string ToString() => $"{File}{(Line > 0 ? $"({Line})" : "")}: error {PageErrors.Code}: {Message}";
}

/// <summary>Collects everything that is wrong with one page, so that an author sees it at once.</summary>
internal sealed class PageErrors(string file)
{
    public const string Code = "HELP001";

    private readonly List<PageError> _errors = [];

    public IReadOnlyList<PageError> All => _errors;

    public void Add(int line, string message) => _errors.Add(new PageError(file, line, message));
}
