namespace AzOpenAI.Core.CodeSamples;

/// <summary>JavaScript as an ES module with the package openai, and @azure/identity if there is no key.</summary>
internal sealed class JavaScriptSample(CodeSampleRequest request)
{
    private readonly CodeTarget _target = new(request);

    private string Class => _target.IsDated ? "AzureOpenAI" : "OpenAI";

    public string Write()
    {
        List<string> lines = [_target.IsDated ? "import { AzureOpenAI } from \"openai\";" : "import OpenAI from \"openai\";"];
        if (_target.Authentication == AuthenticationKind.EntraId)
            lines.Insert(0, "import { DefaultAzureCredential, getBearerTokenProvider } from \"@azure/identity\";");
        lines.AddRange(["", .. Client(), ""]);
        lines.AddRange(request.Kind == CodeSampleKind.Chat ? Chat() : Embedding());
        return string.Join('\n', lines) + "\n";
    }

    private static string Quote(string text) => CodeLiteral.Of(text);

    private static string Environment(string variable) => $"process.env.{variable}";

    private List<string> Client()
    {
        List<string> arguments = [_target.AzureEndpoint is { } endpoint ? $"endpoint: {Quote(endpoint)}" : $"baseURL: {Quote(_target.Base)}"];
        if (_target.IsDated)
            arguments.Add($"apiVersion: {Quote(_target.ApiVersion)}");
        arguments.Add(_target.Authentication switch
        {
            AuthenticationKind.ApiKey => $"apiKey: {Environment(_target.KeyVariable)}",
            AuthenticationKind.EntraId => $"{(_target.IsDated ? "azureADTokenProvider" : "apiKey")}: getBearerTokenProvider(new DefaultAzureCredential(), {Quote(request.Scope)})",
            _ => "apiKey: \"unused\"",
        });
        if (_target.Headers.Count > 0)
        {
            IEnumerable<string> headers = _target.Headers.Select(static header =>
                $"        {Quote(header.Name)}: {(header.Variable is { } variable ? Environment(variable) : Quote(header.Value!))},\n");
            arguments.Add($"defaultHeaders: {{\n{string.Concat(headers)}    }}");
        }

        return [$"const client = new {Class}({{", .. arguments.Select(static argument => $"    {argument},"), "});"];
    }

    private List<string> Chat()
    {
        List<string> call = ["await client.chat.completions.create({", $"    model: {Quote(request.Deployment)},", "    messages: ["];
        if (request.System is { } system)
            call.Add($"        {{ role: \"system\", content: {Quote(system)} }},");
        call.Add($"        {{ role: \"user\", content: {Quote(request.Message)} }},");
        call.Add("    ],");
        call.AddRange(Options());
        if (!request.Stream)
        {
            call[0] = "const completion = " + call[0];
            return [.. call, "});", "console.log(completion.choices[0].message.content);"];
        }

        call[0] = "const stream = " + call[0];
        return
        [
            .. call,
            "    stream: true,",
            "});",
            "for await (const chunk of stream) {",
            "    process.stdout.write(chunk.choices[0]?.delta?.content ?? \"\");",
            "}",
            "process.stdout.write(\"\\n\");",
        ];
    }

    private List<string> Embedding() =>
    [
        "const answer = await client.embeddings.create({",
        $"    model: {Quote(request.Deployment)},",
        $"    input: [{Quote(request.Message)}],",
        .. Options(),
        "});",
        "console.log(answer.data[0].embedding);",
    ];

    private IEnumerable<string> Options() => CodeOptions.Of(request, _target.IsOld, Quote).Select(static option => $"    {option.Name}: {option.Value},");
}
