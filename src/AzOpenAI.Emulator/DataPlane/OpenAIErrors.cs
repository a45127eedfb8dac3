using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>Errors in OpenAI's own wording, for the OpenAI-compatible base URL.</summary>
internal static class OpenAIErrors
{
    public static ReplyException InvalidKey(string key) => Error(
        401, $"Incorrect API key provided: {Masked(key)}. You can find your API key at https://platform.openai.com/account/api-keys.",
        "invalid_request_error", null, "invalid_api_key");

    public static ReplyException ModelNotFound(string model) =>
        Error(404, $"The model '{model}' does not exist", "invalid_request_error", "model", "model_not_found");

    /// <summary>An invalid path. Unverified: the wording.</summary>
    public static ReplyException InvalidUrl(string method, string path) =>
        Error(404, $"Invalid URL ({method} {path})", "invalid_request_error", null, null);

    private static string Masked(string key) => key.Length <= 8 ? new string('*', key.Length) : key[..2] + "****" + key[^2..];

    private static ReplyException Error(int status, string message, string type, string? param, string? code) => new(new Reply
    {
        Status = status,
        Body = new JsonObject { ["error"] = new JsonObject { ["message"] = message, ["type"] = type, ["param"] = param, ["code"] = code } },
    });
}
