using System.Globalization;
using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.State;

/// <summary>Who created and last changed a resource.</summary>
internal sealed class SystemData(DateTimeOffset createdAt)
{
    private const string Principal = "emulator@example.com";

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset LastModifiedAt { get; set; } = createdAt;

    public JsonObject ToJson() => new()
    {
        ["createdBy"] = Principal,
        ["createdByType"] = "User",
        ["createdAt"] = Text(CreatedAt),
        ["lastModifiedBy"] = Principal,
        ["lastModifiedByType"] = "User",
        ["lastModifiedAt"] = Text(LastModifiedAt),
    };

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    public static string Seconds(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
