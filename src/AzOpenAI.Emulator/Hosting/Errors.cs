using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Hosting;

/// <summary>Errors that don't belong to a plane.</summary>
internal static class Errors
{
    public static Reply Simple(int status, string code, string message) => new()
    {
        Status = status,
        Body = new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } },
    };

    /// <summary>A defect of the emulator itself, or an invalid HTTP request.</summary>
    public static Reply Internal(int status, Exception e) =>
        Simple(status, status == 500 ? "InternalServerError" : "BadRequest", $"The emulator could not handle the request: {e.GetType().Name}: {e.Message}");
}
