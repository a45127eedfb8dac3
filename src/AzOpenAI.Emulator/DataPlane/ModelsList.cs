using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>Base models that a resource can use. Deployments are only listed by the management plane.</summary>
internal static class ModelsList
{
    public static Reply V1(DataPlaneRequest request) => List(Models(request).Select(V1Item));

    public static Reply V1Item(DataPlaneRequest request, string id) =>
        Models(request).FirstOrDefault(m => Id(m) == id || m.Name == id) is { } model ? Reply.Ok(V1Item(model))
        : throw (request.IsOpenAI ? OpenAIErrors.ModelNotFound(id) : DataPlaneErrors.ResourceNotFound());

    public static Reply Dated(DataPlaneRequest request) => List(Models(request).Select(m => DatedItem(request, m)));

    public static Reply DatedItem(DataPlaneRequest request, string id) =>
        Models(request).FirstOrDefault(m => Id(m) == id || m.Name == id) is { } model ? Reply.Ok(DatedItem(request, model)) : throw DataPlaneErrors.ResourceNotFound();

    private static Reply List(IEnumerable<JsonObject> items) =>
        Reply.Ok(new JsonObject { ["object"] = "list", ["data"] = new JsonArray([.. items]) });

    private static IEnumerable<CatalogueModel> Models(DataPlaneRequest request) => request.Emulation.Catalogue.ModelsIn(request.Account.Region);

    private static string Id(CatalogueModel model) => $"{model.Name}-{model.Version}";

    private static JsonObject V1Item(CatalogueModel model) => new()
    {
        ["id"] = Id(model),
        ["object"] = "model",
        ["created"] = Created(model),
        ["owned_by"] = "system",
    };

    private static JsonObject DatedItem(DataPlaneRequest request, CatalogueModel model)
    {
        JsonObject item = V1Item(model);
        item.Remove("owned_by");
        item["status"] = "succeeded";
        item["lifecycle_status"] = model.StatusOn(request.Emulation.Clock.Now) is "GenerallyAvailable" ? "generally-available" : "preview";
        item["capabilities"] = new JsonObject
        {
            ["fine_tune"] = model.Capabilities.ContainsKey("FineTuneTokensMaxValue"),
            ["inference"] = true,
            ["completion"] = model.Supports("completions"),
            ["chat_completion"] = model.Supports("chatCompletions"),
            ["embeddings"] = model.Supports("embeddings"),
        };
        return item;
    }

    /// <summary>Versions that are dates become that day; others the epoch.</summary>
    private static long Created(CatalogueModel model) =>
        DateOnly.TryParseExact(model.Version, "yyyy-MM-dd", out DateOnly date) ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeSeconds() : 0;
}
