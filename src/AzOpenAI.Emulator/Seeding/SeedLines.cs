using System.Text;
using System.Text.Json;

namespace AzOpenAI.Emulator.Seeding;

/// <summary>The line on which each member of a JSON text starts, which a parsed tree doesn't have.</summary>
internal static class SeedLines
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Lines, from 1, by path such as subscriptions[0].accounts[2].location.</summary>
    /// <exception cref="EmulatorSeedException">A duplicate member.</exception>
    public static Dictionary<string, int> Read(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Utf8JsonReader reader = new(bytes, Options);
        Dictionary<string, int> lines = new(StringComparer.Ordinal);
        Stack<(string Path, int Item)> open = new();
        string name = "";
        int line = 1;
        long at = 0;
        while (reader.Read())
        {
            for (; at < reader.TokenStartIndex; at++)
            {
                line += bytes[at] == '\n' ? 1 : 0;
            }

            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                open.Pop();
                continue;
            }

            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                string parent = open.Peek().Path;
                name = parent.Length == 0 ? reader.GetString()! : $"{parent}.{reader.GetString()}";
                if (!lines.TryAdd(name, line))
                {
                    throw new EmulatorSeedException(line, name, $"It's defined twice, first on line {lines[name]}.");
                }

                continue;
            }

            string path = PathOf(open, name);
            lines.TryAdd(path, line);
            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                open.Push((path, reader.TokenType == JsonTokenType.StartArray ? 0 : -1));
            }
        }

        return lines;
    }

    private static string PathOf(Stack<(string Path, int Item)> open, string name)
    {
        if (open.Count == 0)
        {
            return "";
        }

        if (open.Peek().Item < 0)
        {
            return name;
        }

        (string path, int item) = open.Pop();
        open.Push((path, item + 1));
        return $"{path}[{item}]";
    }
}
