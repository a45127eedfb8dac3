using System.Text.Json;
using System.Text.Json.Serialization;

namespace AzOpenAI.Emulator.Catalogue;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CatalogueData))]
internal sealed partial class CatalogueJsonContext : JsonSerializerContext;
