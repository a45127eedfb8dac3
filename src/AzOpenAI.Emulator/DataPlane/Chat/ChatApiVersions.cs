using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;

namespace AzOpenAI.Emulator.DataPlane.Chat;

/// <summary>
/// What a dated API version doesn't support yet. Versions are compared by date: 2024-10-21 includes what 2024-09-01-preview added. Every version accepts
/// max_completion_tokens and stream_options. Unverified: whether older ones reject them.
/// </summary>
internal static class ChatApiVersions
{
    private static readonly (string Parameter, string Since)[] Added =
    [
        ("parallel_tool_calls", "2024-09-01"),
        ("store", "2024-12-01"), ("metadata", "2024-12-01"), ("reasoning_effort", "2024-12-01"), ("user_security_context", "2024-12-01"),
        ("modalities", "2025-01-01"), ("audio", "2025-01-01"),
    ];

    public static void Check(DataPlaneRequest request, JsonObject body, CatalogueModel model)
    {
        if (!request.IsDated)
        {
            return;
        }

        if (model.Family == "o-series" && model.Name is not ("o1-preview" or "o1-mini") && IsBefore(request, "2024-12-01"))
        {
            throw DataPlaneErrors.EnabledOnlyFor("Model {modelName}", "2024-12-01-preview");
        }

        if (JsonRead.Text((body["response_format"] as JsonObject)?["type"]) == "json_schema" && IsBefore(request, "2024-08-01"))
        {
            throw DataPlaneErrors.EnabledOnlyFor("response_format value as json_schema", "2024-08-01-preview");
        }

        if (body["prediction"] is not null && IsBefore(request, "2025-01-01"))
        {
            throw DataPlaneErrors.EnabledOnlyFor("Prediction", "2025-01-01-preview");
        }

        foreach ((string parameter, string since) in Added)
        {
            if (body[parameter] is not null && IsBefore(request, since))
            {
                throw DataPlaneErrors.UnknownParameter(parameter);
            }
        }
    }

    private static bool IsBefore(DataPlaneRequest request, string date) => string.CompareOrdinal(request.ApiVersion[..10], date) < 0;
}
