namespace AzOpenAI.Cli;

/// <summary>
/// Where a command prints: its results to standard output, what went wrong to standard error. A terminal that is gone or a disk that is full does not stop the
/// work: what it leaves behind would cost money. Text of a model or the service does not steer the terminal.
/// </summary>
internal sealed class Report(TextWriter output, TextWriter errors)
{
    private readonly ConsoleTextCleaner _pieces = new();

    /// <summary>Prints a piece of a text; the next one, or a line, follows.</summary>
    public void Write(string piece) => Print(output, _pieces.Add(piece));

    /// <summary>Prints a line, or the end of one that was printed in pieces.</summary>
    public void WriteLine(string line) => Print(output, _pieces.End() + ConsoleText.Clean(line) + Environment.NewLine);

    /// <summary>Prints a line to standard error. Whatever was typed or received stays on that line.</summary>
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
            // There is nowhere left to report to.
        }
    }
}
