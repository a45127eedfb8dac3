namespace AzOpenAI.Cli;

/// <summary>
/// The output of a command: results to standard output, errors to standard error. A closed terminal or a full disk doesn't stop the
/// work: what it leaves behind would cost money. Text of a model or the service is made safe for the terminal.
/// </summary>
internal sealed class Report(TextWriter output, TextWriter errors)
{
    private readonly ConsoleTextCleaner _pieces = new();

    /// <summary>Prints a part of a line.</summary>
    public void Write(string piece) => Print(output, _pieces.Add(piece));

    /// <summary>Prints a line, or the rest of one.</summary>
    public void WriteLine(string line) => Print(output, _pieces.End() + ConsoleText.Clean(line) + Environment.NewLine);

    /// <summary>Prints a line to standard error. Line breaks in input or responses are removed.</summary>
    public void Error(string line) => Print(errors, ConsoleText.Clean(line.ReplaceLineEndings(" ")) + Environment.NewLine);

    private static void Print(TextWriter writer, string text)
    {
        try
        {
            writer.Write(text);
            writer.Flush();
        }
        catch (IOException)
        {
            // There is no output left to report to.
        }
    }
}
