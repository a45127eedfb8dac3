using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.Tests.DataPlane;

public sealed class EmbeddingTests : DataPlaneFixture
{
    private const string Embeddings = "contoso/openai/v1/embeddings";

    private static JsonObject Small => DeploymentBody("text-embedding-3-small", "1", capacity: 100);

    [Fact]
    public async Task The_same_input_gives_the_same_unit_vector_on_both_routes()
    {
        await DeployAsync(Small);
        JsonNode v1 = await OkAsync(Input("\"Hello\""), Embeddings);
        JsonNode dated = await OkAsync(Input("[\"other\",\"Hello\"]"), "contoso/openai/deployments/chat/embeddings?api-version=2024-10-21");
        Assert.Equal("list", (string?)v1["object"]);
        Assert.Equal("text-embedding-3-small", (string?)v1["model"]);
        Assert.Equal(v1["data"]![0]!["embedding"]!.ToJsonString(), dated["data"]![1]!["embedding"]!.ToJsonString());
        Assert.Equal(1536, v1["data"]![0]!["embedding"]!.AsArray().Count);
        Assert.Equal(1, v1["data"]![0]!["embedding"]!.AsArray().Sum(v => Math.Pow((double)v!, 2)), 5);
        Assert.Equal("""{"prompt_tokens":2,"total_tokens":2}""", v1["usage"]!.ToJsonString());
    }

    [Fact]
    public async Task Base64_holds_the_floats_in_little_endian()
    {
        await DeployAsync(Small);
        float[] plain = [.. (await OkAsync(Input("\"Hello\"", "\"dimensions\":8"), Embeddings))["data"]![0]!["embedding"]!.AsArray().Select(v => (float)v!)];
        byte[] packed = Convert.FromBase64String((string)(await OkAsync(Input("\"Hello\"", "\"dimensions\":8,\"encoding_format\":\"base64\""), Embeddings))["data"]![0]!["embedding"]!);
        Assert.Equal(plain, Enumerable.Range(0, 8).Select(i => BitConverter.ToSingle(packed, i * 4)));
        Assert.Equal(1, plain.Sum(v => v * v), 5);
    }

    [Fact]
    public async Task Token_ids_are_taken_alone_and_in_arrays()
    {
        await DeployAsync(Small);
        JsonNode one = await OkAsync(Input("[1,2,3]"), Embeddings);
        Assert.Single(one["data"]!.AsArray());
        Assert.Equal(3, (int)one["usage"]!["prompt_tokens"]!);
        JsonNode two = await OkAsync(Input("[[1,2,3],[4]]"), Embeddings);
        Assert.Equal(2, two["data"]!.AsArray().Count);
        Assert.Equal(one["data"]![0]!["embedding"]!.ToJsonString(), two["data"]![0]!["embedding"]!.ToJsonString());
    }

    [Theory]
    [InlineData("[]", "", "Invalid 'input': empty array. Expected an array with minimum length 1, but got an empty array instead.")]
    [InlineData("\"\"", "", "'$.input' is invalid. Please check the API reference: https://platform.openai.com/docs/api-reference.")]
    [InlineData("\"x\"", "\"dimensions\":0", "0 is less than the minimum of 1 - 'dimensions'")]
    [InlineData("\"x\"", "\"dimensions\":1537", "Invalid value for 'dimensions' = 1537. Must be less than or equal to 1536.")]
    [InlineData("\"x\"", "\"encoding_format\":\"hex\"", "'hex' is not one of ['float', 'base64'] - 'encoding_format'")]
    [InlineData("\"x\"", "\"colour\":1", "Unknown parameter: 'colour'.")]
    [InlineData("[\"x\",{}]", "", "Invalid type for 'input[1]': expected a string or an array of integers, but got an object instead.")]
    public async Task A_wrong_body_is_named(string input, string more, string message)
    {
        await DeployAsync(Small);
        Answer answer = await PostAsync(Input(input, more), Embeddings);
        Assert.Equal(400, answer.Status);
        Assert.Equal(message, (string?)answer.Json["error"]!["message"]);
    }

    [Fact]
    public async Task An_input_that_is_too_long_is_counted()
    {
        await DeployAsync(Small);
        await RefusedAsync(
            Input($"\"{new string('x', 40_000)}\""),
            "This model's maximum context length is 8192 tokens, however you requested 10000 tokens (10000 in your prompt; 0 for the completion). Please reduce your prompt; or "
            + "completion length.", null, null, Embeddings);
    }

    [Fact]
    public async Task Ada_takes_no_dimensions()
    {
        await DeployAsync(DeploymentBody("text-embedding-ada-002", "2", capacity: 100));
        await RefusedAsync(Input("\"x\"", "\"dimensions\":8"), "This model does not support specifying dimensions.", null, null, Embeddings);
    }

    [Fact]
    public async Task Each_input_costs_a_quarter_of_its_characters()
    {
        await DeployAsync(DeploymentBody("text-embedding-3-small", "1", capacity: 1));
        Answer answer = await PostAsync(Input($"[\"{new string('x', 2000)}\",\"{new string('y', 1000)}\"]"), Embeddings);
        Assert.Equal("250", answer.Header("x-ratelimit-remaining-tokens"));
        Answer refused = await PostAsync(Input($"\"{new string('x', 2000)}\""), Embeddings);
        Assert.Equal(429, refused.Status);
        Assert.StartsWith("Requests to the Embeddings_Create Operation under Azure OpenAI API version v1 have exceeded ", (string?)refused.Json["error"]!["message"], StringComparison.Ordinal);
    }

    private static JsonNode Input(string input, string more = "") => JsonNode.Parse($$"""{"model":"chat","input":{{input}}{{(more.Length > 0 ? "," + more : "")}}}""")!;
}
