using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.DataPlane.Embeddings;

/// <summary>Embeddings: deterministic unit vectors, more similar the more words two inputs have in common.</summary>
internal static class EmbeddingVectors
{
    private const int DefaultMostInputs = 2048;

    private static readonly string[] Known = ["model", "input", "encoding_format", "dimensions", "user", "input_type"];

    public static Reply Handle(DataPlaneRequest request, string? name)
    {
        JsonObject body = DeploymentAccess.ReadBody(request);
        DeploymentState deployment = DeploymentAccess.Find(request, name, body);
        DeploymentAccess.TakeLimits(request, deployment, "Embeddings_Create", Cost(body["input"]));
        DeploymentAccess.CheckOperation(deployment, "embeddings", "embeddings");
        if (body.FirstOrDefault(p => !Known.Contains(p.Key, StringComparer.Ordinal)).Key is { } unknown)
        {
            throw DataPlaneErrors.UnknownParameter(unknown);
        }

        CatalogueModel model = deployment.Model;
        IReadOnlyList<PromptInput> inputs = PromptInput.Read(body["input"], "input");
        CheckInputs(inputs, model);
        int dimensions = Dimensions(body, model);
        bool base64 = Encoding(body);
        if (inputs.Select(i => PromptMarkers.Read(i.Text).Error).FirstOrDefault(e => e is not null) is { } error)
        {
            throw new ReplyException(NamedErrors.Find(error) ?? Errors.Simple(400, "UnknownMarker", $"The emulator doesn't have an error '{error}'."));
        }

        request.Headers["X-Request-ID"] = Guid.NewGuid().ToString();
        int tokens = inputs.Sum(i => i.Tokens);
        return Reply.Ok(new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. inputs.Select((input, i) => (JsonNode?)new JsonObject
            {
                ["object"] = "embedding",
                ["index"] = i,
                ["embedding"] = Write(UnitVector.Of(input, model.Limits.Dimensions ?? dimensions, dimensions), base64),
            })]),
            ["model"] = model.Name,
            ["usage"] = new JsonObject { ["prompt_tokens"] = tokens, ["total_tokens"] = tokens },
        });
    }

    /// <summary>A quarter of the characters of each input; token IDs are counted.</summary>
    private static double Cost(JsonNode? input) => input switch
    {
        JsonValue value when value.TryGetValue(out string? text) => TokenCounter.Count(text),
        JsonArray array when array.Count > 0 && JsonRead.Integer(array[0]) is not null => array.Count,
        JsonArray array => array.Sum(Cost),
        _ => 1,
    };

    private static void CheckInputs(IReadOnlyList<PromptInput> inputs, CatalogueModel model)
    {
        int most = model.Capabilities.TryGetValue("embeddingsMaxInputs", out string? text) && int.TryParse(text, CultureInfo.InvariantCulture, out int number)
            ? number : DefaultMostInputs;
        if (inputs.Count > most)
        {
            throw DataPlaneErrors.Invalid(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Too many inputs. The max number of inputs is {most}.  We hope to increase the number of inputs per request soon. Please contact us through an Azure "
                    + $"support request at: https://go.microsoft.com/fwlink/?linkid=2213926 for further questions."),
                null, null);
        }

        if (inputs.Any(i => i.Tokens == 0))
        {
            throw DataPlaneErrors.Invalid("'$.input' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference.", null, null);
        }

        if (model.Limits.MaxInputTokens is { } window && inputs.FirstOrDefault(i => i.Tokens > window) is { } tooLong)
        {
            throw DataPlaneErrors.PromptTooLong(window, tooLong.Tokens, 0);
        }
    }

    private static int Dimensions(JsonObject body, CatalogueModel model)
    {
        int native = model.Limits.Dimensions ?? 1536;
        if (body["dimensions"] is not { } node)
        {
            return native;
        }

        if (model.ParameterRules.Rejects.Contains("dimensions", StringComparer.Ordinal))
        {
            throw DataPlaneErrors.Invalid("This model does not support specifying dimensions.", null, null);
        }

        int asked = JsonRead.Integer(node) ?? throw DataPlaneErrors.Invalid($"{node.ToJsonString()} is not of type 'integer' - 'dimensions'", null, null);
        if (asked < 1)
        {
            throw DataPlaneErrors.Invalid($"{node.ToJsonString()} is less than the minimum of 1 - 'dimensions'", null, null);
        }

        return asked <= native ? asked : throw DataPlaneErrors.Invalid(
            string.Create(CultureInfo.InvariantCulture, $"Invalid value for 'dimensions' = {asked}. Must be less than or equal to {native}."), null, null);
    }

    private static bool Encoding(JsonObject body) => body["encoding_format"] switch
    {
        null => false,
        var node => JsonRead.Text(node) switch
        {
            "float" => false,
            "base64" => true,
            var other => throw DataPlaneErrors.Invalid($"'{other ?? node.ToJsonString()}' is not one of ['float', 'base64'] - 'encoding_format'", null, null),
        },
    };

    private static JsonNode Write(float[] vector, bool base64)
    {
        if (!base64)
        {
            return new JsonArray([.. vector.Select(v => (JsonNode?)v)]);
        }

        byte[] bytes = new byte[vector.Length * sizeof(float)];
        for (int i = 0; i < vector.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
        }

        return Convert.ToBase64String(bytes);
    }
}
