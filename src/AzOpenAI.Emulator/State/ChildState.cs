using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.State;

/// <summary>A child of an account that is stored as sent by the client: a content filter policy, a blocklist, a blocklist item.</summary>
internal class ChildState(string name, DateTimeOffset createdAt)
{
    public string Name { get; } = name;

    public JsonObject Properties { get; set; } = [];

    public JsonObject? Tags { get; set; }

    public SystemData SystemData { get; } = new(createdAt);

    public string Etag { get; private set; } = Guid.NewGuid().ToString();

    public void Touch(DateTimeOffset now)
    {
        Etag = Guid.NewGuid().ToString();
        SystemData.LastModifiedAt = now;
    }

    public string? Text(string property) => Properties[property] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public bool Flag(string property) => Properties[property] is JsonValue value && value.TryGetValue(out bool flag) && flag;
}
