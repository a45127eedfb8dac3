namespace AzOpenAI.Core.CodeSamples;

/// <summary>C# with the package OpenAI, and Azure.Identity if there is no key. For a dated route, the base URL includes the deployment and the version.</summary>
internal sealed class CSharpSample(CodeSampleRequest request)
{
    private readonly CodeTarget _target = new(request);

    private bool IsChat => request.Kind == CodeSampleKind.Chat;

    private string Client => IsChat ? "ChatClient" : "EmbeddingClient";

    // A single header with a credential can be set by the client itself; more need a policy.
    private CodeHeader? CredentialHeader =>
        _target.Authentication == AuthenticationKind.Header ? _target.Headers.FirstOrDefault(static header => header.Variable is not null) : null;

    private List<CodeHeader> OtherHeaders => [.. _target.Headers.Where(header => header != CredentialHeader)];

    private bool NeedsPatch => IsChat && _target.IsOld && (request.MaxTokens is not null || request.Stream);

    public string Write()
    {
        List<string> lines = [];
        string[] experimental = [.. IsExperimental() ? ["OPENAI001"] : Array.Empty<string>(), .. NeedsPatch ? ["SCME0001"] : Array.Empty<string>()];
        if (experimental.Length > 0)
            lines.AddRange([$"#pragma warning disable {string.Join(", ", experimental)}", ""]);
        lines.AddRange(Usings());
        lines.AddRange(["", .. Create(), ""]);
        lines.AddRange(IsChat ? Chat() : Embedding());
        if (OtherHeaders.Count > 0)
            lines.AddRange(["", .. Policy()]);
        return string.Join('\n', lines) + "\n";
    }

    private static string Quote(string text) => CodeLiteral.Of(text, longEscapes: true);

    private static string Environment(string variable) => $"Environment.GetEnvironmentVariable({Quote(variable)})!";

    private bool IsExperimental() => UsesPolicy || request.ReasoningEffort is not null;

    private bool UsesPolicy => _target.Authentication == AuthenticationKind.EntraId || (_target.Authentication == AuthenticationKind.ApiKey && _target.IsDated) || CredentialHeader is not null;

    private List<string> Usings()
    {
        List<string> usings = [];
        if (_target.Authentication == AuthenticationKind.EntraId)
            usings.Add("using Azure.Identity;");
        else
            usings.Add("using System.ClientModel;");
        if (UsesPolicy || OtherHeaders.Count > 0)
            usings.Add("using System.ClientModel.Primitives;");
        usings.AddRange(["using OpenAI;", $"using OpenAI.{(IsChat ? "Chat" : "Embeddings")};"]);
        return [.. usings.OrderBy(static line => line.Contains("System", StringComparison.Ordinal) ? 0 : 1)];
    }

    private List<string> Create()
    {
        string address = _target.IsDated ? $"{_target.Base.TrimEnd('/')}?api-version={_target.ApiVersion}" : _target.Base;
        string credential = _target.Authentication switch
        {
            AuthenticationKind.EntraId => $"new BearerTokenPolicy(new DefaultAzureCredential(), {Quote(request.Scope)})",
            AuthenticationKind.ApiKey when !_target.IsDated => $"new ApiKeyCredential({Environment(_target.KeyVariable)})",
            AuthenticationKind.ApiKey => HeaderCredential("api-key", _target.KeyVariable),
            _ when CredentialHeader is { } header => HeaderCredential(header.Name, header.Variable!),
            _ => "new ApiKeyCredential(\"unused\")",
        };
        List<string> lines = [$"OpenAIClientOptions options = new() {{ Endpoint = new Uri({Quote(address)}) }};"];
        if (OtherHeaders.Count > 0)
            lines.Add("options.AddPolicy(new HeaderPolicy(), PipelinePosition.PerCall);");
        lines.Add($"{Client} client = new({Quote(request.Deployment)}, {credential}, options);");
        return lines;
    }

    private static string HeaderCredential(string header, string variable) =>
        $"ApiKeyAuthenticationPolicy.CreateHeaderApiKeyPolicy(new ApiKeyCredential({Environment(variable)}), {Quote(header)})";

    private List<string> Chat()
    {
        List<string> lines = ["List<ChatMessage> messages =", "["];
        if (request.System is { } system)
            lines.Add($"    new SystemChatMessage({Quote(system)}),");
        lines.AddRange([$"    new UserChatMessage({Quote(request.Message)}),", "];"]);
        List<string> options = Options();
        lines.AddRange(options.Count == 0 ? ["ChatCompletionOptions settings = new();"] : ["ChatCompletionOptions settings = new()", "{", .. options, "};"]);
        if (NeedsPatch && request.MaxTokens is { } maxTokens)
            lines.Add($"settings.Patch.Set(\"$.max_tokens\"u8, {CodeLiteral.Of(maxTokens)});");
        if (!request.Stream)
            return [.. lines, "", "ChatCompletion completion = client.CompleteChat(messages, settings);", "Console.WriteLine(completion.Content[0].Text);"];
        if (NeedsPatch)
            lines.Add("settings.Patch.Remove(\"$.stream_options\"u8);");
        return
        [
            .. lines,
            "",
            "foreach (StreamingChatCompletionUpdate update in client.CompleteChatStreaming(messages, settings))",
            "{",
            "    foreach (ChatMessageContentPart part in update.ContentUpdate)",
            "        Console.Write(part.Text);",
            "}",
            "",
            "Console.WriteLine();",
        ];
    }

    private List<string> Options()
    {
        List<string> options = [];
        if (request.Temperature is { } temperature)
            options.Add($"    Temperature = {CodeLiteral.Of(temperature)}f,");
        if (request.TopP is { } topP)
            options.Add($"    TopP = {CodeLiteral.Of(topP)}f,");
        if (request.MaxTokens is { } maxTokens && !_target.IsOld)
            options.Add($"    MaxOutputTokenCount = {CodeLiteral.Of(maxTokens)},");
        if (request.ReasoningEffort is { } effort)
            options.Add($"    ReasoningEffortLevel = new ChatReasoningEffortLevel({Quote(effort)}),");
        return options;
    }

    private List<string> Embedding() =>
    [
        request.Dimensions is { } dimensions ? $"EmbeddingGenerationOptions settings = new() {{ Dimensions = {CodeLiteral.Of(dimensions)} }};" : "EmbeddingGenerationOptions settings = new();",
        $"OpenAIEmbedding embedding = client.GenerateEmbedding({Quote(request.Message)}, settings);",
        "Console.WriteLine(string.Join(\", \", embedding.ToFloats().ToArray()));",
    ];

    private List<string> Policy()
    {
        IEnumerable<string> sets = OtherHeaders.Select(static header =>
            $"        message.Request.Headers.Set({Quote(header.Name)}, {(header.Variable is { } variable ? Environment(variable) : Quote(header.Value!))});");
        return
        [
            "sealed class HeaderPolicy : PipelinePolicy",
            "{",
            "    public override void Process(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)",
            "    {",
            "        SetHeaders(message);",
            "        ProcessNext(message, pipeline, currentIndex);",
            "    }",
            "",
            "    public override ValueTask ProcessAsync(PipelineMessage message, IReadOnlyList<PipelinePolicy> pipeline, int currentIndex)",
            "    {",
            "        SetHeaders(message);",
            "        return ProcessNextAsync(message, pipeline, currentIndex);",
            "    }",
            "",
            "    private static void SetHeaders(PipelineMessage message)",
            "    {",
            .. sets,
            "    }",
            "}",
        ];
    }
}
