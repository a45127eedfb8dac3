using System.Buffers;
using System.Text;
using System.Text.Json;

namespace AzOpenAI.Core.Configuration;

/// <summary>
/// A flat object of the variables. A key that isn't written is omitted, so that a reader that overrides the file with environment variables, like .NET's
/// configuration, finds it there.
/// </summary>
internal static class JsonConfigurationWriter
{
    public static string Write(ConnectionConfiguration configuration)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            writer.WriteStartObject();
            foreach (ConfigurationEntry entry in configuration.Entries)
            {
                if (entry.Value is string value)
                    writer.WriteString(entry.Name, value);
            }

            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }
}
