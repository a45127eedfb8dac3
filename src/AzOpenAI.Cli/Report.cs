namespace AzOpenAI.Cli;

/// <summary>
/// Where a command prints: its results to standard output, what went wrong to standard error. A terminal that is gone or a disk that is full does not stop the
/// work: what it leaves behind would cost money.
/// </summary>
internal sealed class Report(TextWriter output, TextWriter errors)
{
    public void Write(string text) => Print(output, text);

    public void WriteLine(string line) => Print(output, line + Environment.NewLine);

    public void Error(string line) => Print(errors, line + Environment.NewLine);

    private static void Print(TextWriter writer, string text)
    {
        try
        {
            writer.Write(text);
            writer.Flush();
        }
        catch (IOException)
        {
            // Nobody can be told.
        }
    }
}
