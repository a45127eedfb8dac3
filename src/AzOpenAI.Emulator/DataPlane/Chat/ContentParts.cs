using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;

namespace AzOpenAI.Emulator.DataPlane.Chat;

/// <summary>Validates the parts of a message: texts, images, audio and files.</summary>
internal static class ContentParts
{
    private const string Example = "Expected a base64-encoded data URL with an image MIME type (e.g. 'data:image/png;base64,aW1nIGJ5dGVzIGhlcmU=')";

    private static readonly string[] Types = ["text", "image_url", "input_audio", "refusal", "audio", "file"];

    /// <summary>The oldest chat models only support text.</summary>
    private static readonly string[] TextOnly = ["gpt-35-turbo", "gpt-35-turbo-16k", "gpt-4-32k"];

    public static void Check(DataPlaneRequest request, JsonArray parts, string role, int index, CatalogueModel model)
    {
        if (parts.Count == 0)
        {
            throw BodyErrors.EmptyArray($"messages[{index}].content");
        }

        for (int i = 0; i < parts.Count; i++)
        {
            string path = $"messages[{index}].content[{i}]";
            JsonObject part = parts[i] as JsonObject ?? throw BodyErrors.Type(path, "an object", parts[i]);
            string type = JsonRead.Text(part["type"]) ?? throw BodyErrors.Missing(path + ".type");
            switch (type)
            {
                case "text":
                    Require(part, "text", path);
                    break;
                case "refusal" when role == "assistant":
                    Require(part, "refusal", path);
                    break;
                case "image_url" when role == "user":
                    CheckImage(part, path, $"messages.[{index}].content.[{i}].type", model);
                    break;
                case "input_audio" when role == "user":
                    CheckSound(part, path);
                    break;
                case "file" when role == "user" && !request.IsDated:
                    CheckFile(part, path);
                    break;
                default:
                    throw Unsupported(request, type, role, path);
            }
        }
    }

    /// <summary>The dated routes don't support files.</summary>
    private static Hosting.ReplyException Unsupported(DataPlaneRequest request, string type, string role, string path)
    {
        string[] types = role switch
        {
            "user" => request.IsDated ? Types[..^1] : Types,
            "assistant" => ["text", "refusal"],
            _ => ["text"],
        };
        return DataPlaneErrors.Invalid($"Invalid Value: '{type}'. Supported values are: {BodyErrors.List(types)}.", path + ".type", "invalid_value");
    }

    private static string Require(JsonObject part, string name, string path) => part[name] is { } node
        ? JsonRead.Text(node) ?? throw BodyErrors.Type($"{path}.{name}", "a string", node)
        : throw BodyErrors.Missing($"{path}.{name}");

    private static void CheckImage(JsonObject part, string path, string typePath, CatalogueModel model)
    {
        if (TextOnly.Contains(model.Name, StringComparer.Ordinal) || (model.Name == "gpt-4" && model.Limits.MaxTotalTokens is not null))
        {
            throw DataPlaneErrors.Invalid("Invalid content type. image_url is only supported by certain models.", typePath, null);
        }

        path += ".image_url";
        JsonObject image = part["image_url"] switch
        {
            null => throw BodyErrors.Missing(path),
            JsonObject json => json,
            var other => throw BodyErrors.Type(path, "an object", other),
        };
        string url = Require(image, "url", path);
        if (image["detail"] is { } detail && JsonRead.Text(detail) is not ("auto" or "low" or "high"))
        {
            throw BodyErrors.Value(path + ".detail", JsonRead.Text(detail) ?? detail.ToJsonString(), "auto", "low", "high");
        }

        if (Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https")
        {
            return;
        }

        path += ".url";
        if (!url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            throw InvalidImage(path, "a value without the 'data:' prefix");
        }

        string[] halves = url["data:".Length..].Split(',', 2);
        if (halves.Length < 2 || !halves[0].EndsWith(";base64", StringComparison.OrdinalIgnoreCase) || !halves[0].StartsWith("image/", StringComparison.OrdinalIgnoreCase))
        {
            throw InvalidImage(path, "a value that is none");
        }

        CheckBytes(Decode(halves[1]) ?? throw DataPlaneErrors.Invalid("Invalid base64 image_url.", null, null), path);
    }

    private static void CheckBytes(byte[] bytes, string path)
    {
        if (bytes.Length == 0)
        {
            throw InvalidImage(path, "empty base64-encoded bytes");
        }

        if (bytes.Length > 20 * 1024 * 1024 || !ImageFormat.IsKnown(bytes))
        {
            throw DataPlaneErrors.Invalid(
                "You uploaded an unsupported image. Please make sure your image is below 20 MB in size and is of one the following formats: "
                + "['png', 'jpeg', 'gif', 'webp'].", null, null);
        }
    }

    private static Hosting.ReplyException InvalidImage(string path, string got) =>
        DataPlaneErrors.Invalid($"Invalid image URL: '{path}'. {Example}, but got {got}.", path, "invalid_value");

    private static void CheckSound(JsonObject part, string path)
    {
        path += ".input_audio";
        JsonObject sound = part["input_audio"] as JsonObject ?? throw BodyErrors.Type(path, "an object", part["input_audio"]);
        if (Require(sound, "format", path) is not ("wav" or "mp3") and var format)
        {
            throw BodyErrors.Value(path + ".format", format, "wav", "mp3");
        }

        _ = Decode(Require(sound, "data", path)) ?? throw BodyErrors.Type(path + ".data", "base64-encoded audio", sound["data"]);
    }

    private static void CheckFile(JsonObject part, string path)
    {
        path += ".file";
        JsonObject file = part["file"] as JsonObject ?? throw BodyErrors.Type(path, "an object", part["file"]);
        if (file["file_id"] is not null)
        {
            _ = Require(file, "file_id", path);
            return;
        }

        _ = Require(file, "filename", path);
        string data = Require(file, "file_data", path);
        if (data.Split(',', 2) is not [var head, var content] || !head.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || Decode(content) is not { Length: > 0 })
        {
            throw DataPlaneErrors.Invalid(
                $"Invalid file data: '{path}.file_data'. Expected a base64-encoded data URL with an application/pdf MIME type, but got a value that is none.",
                path + ".file_data", "invalid_value");
        }
    }

    private static byte[]? Decode(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
