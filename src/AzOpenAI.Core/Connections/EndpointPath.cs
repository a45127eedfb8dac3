namespace AzOpenAI.Core.Connections;

/// <summary>The API in the path of an endpoint.</summary>
internal enum EndpointRoute
{
    /// <summary>Not specified by the path.</summary>
    None,

    /// <summary><c>/openai/v1</c>.</summary>
    V1,

    /// <summary><c>/v1</c> without <c>openai</c> before it, as in OpenAI and relays.</summary>
    OpenAIV1,

    /// <summary><c>/deployments/{name}</c>.</summary>
    Deployments,
}

/// <summary>The parts of an endpoint's path.</summary>
/// <param name="Base">The path before the API's own part, with leading and trailing slash; for <see cref="EndpointRoute.OpenAIV1"/> with its <c>v1</c>.</param>
/// <param name="HasOpenAI">True if <c>openai</c> followed the base.</param>
/// <param name="Route">The API.</param>
/// <param name="Deployment">The deployment in the path.</param>
/// <param name="IsModelInference">True for <c>/models/...</c>, whose API versions are those of another API.</param>
internal sealed record EndpointPath(string Base, bool HasOpenAI, EndpointRoute Route, string? Deployment, bool IsModelInference)
{
    // Operations that people copy with their base URL.
    private static readonly string[][] Operations =
    [
        ["chat", "completions"], ["audio", "transcriptions"], ["audio", "translations"], ["audio", "speech"], ["images", "generations"], ["images", "edits"],
        ["completions"], ["embeddings"], ["responses"], ["models"], ["files"], ["batches"], ["realtime"],
    ];

    /// <summary>Parses the escaped path of a URI.</summary>
    public static EndpointPath Parse(string path)
    {
        List<string> parts = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries)];
        bool modelInference = parts.Count > 0 && Is(parts[0], "models");
        int openai = parts.FindIndex(static part => Is(part, "openai"));
        int deployments = parts.FindIndex(Math.Max(openai, 0), static part => Is(part, "deployments"));
        if (deployments >= 0 && (openai < 0 || deployments == openai + 1))
        {
            string? deployment = deployments + 1 < parts.Count ? Uri.UnescapeDataString(parts[deployments + 1]) : null;
            return new EndpointPath(Join(parts, openai >= 0 ? openai : deployments), openai >= 0, EndpointRoute.Deployments, deployment, false);
        }

        if (openai >= 0)
        {
            bool v1 = openai + 1 < parts.Count && Is(parts[openai + 1], "v1");
            return new EndpointPath(Join(parts, openai), true, v1 ? EndpointRoute.V1 : EndpointRoute.None, null, false);
        }

        int length = parts.Count - OperationLength(parts);
        bool openAIV1 = length > 0 && Is(parts[length - 1], "v1");
        return new EndpointPath(Join(parts, length), false, openAIV1 ? EndpointRoute.OpenAIV1 : EndpointRoute.None, null, modelInference);
    }

    private static int OperationLength(List<string> parts)
    {
        foreach (string[] operation in Operations)
        {
            if (parts.Count >= operation.Length && operation.Zip(parts.TakeLast(operation.Length), Is).All(static same => same))
                return operation.Length;
        }

        return 0;
    }

    private static string Join(List<string> parts, int count) => count == 0 ? "/" : $"/{string.Join('/', parts.Take(count))}/";

    private static bool Is(string part, string word) => part.Equals(word, StringComparison.OrdinalIgnoreCase);
}
