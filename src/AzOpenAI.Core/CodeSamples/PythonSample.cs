namespace AzOpenAI.Core.CodeSamples;

/// <summary>Python with the package openai, and azure-identity if there is no key.</summary>
internal sealed class PythonSample(CodeSampleRequest request)
{
    private readonly CodeTarget _target = new(request);

    public string Write()
    {
        List<string> lines = [.. Imports(), "", .. Client(), ""];
        lines.AddRange(request.Kind == CodeSampleKind.Chat ? Chat() : Embedding());
        return string.Join('\n', lines) + "\n";
    }

    private static string Quote(string text) => CodeLiteral.Of(text, longEscapes: true);

    private List<string> Imports()
    {
        List<string> imports = [];
        bool entra = _target.Authentication == AuthenticationKind.EntraId;
        if (_target.Authentication == AuthenticationKind.ApiKey || _target.Headers.Any(static header => header.Variable is not null))
            imports.AddRange(["import os", ""]);
        if (entra)
            imports.Add("from azure.identity import DefaultAzureCredential, get_bearer_token_provider");
        imports.Add($"from openai import {(_target.IsDated ? "AzureOpenAI" : "OpenAI")}");
        return imports;
    }

    private List<string> Client()
    {
        List<string> arguments = [_target.AzureEndpoint is { } endpoint ? $"azure_endpoint={Quote(endpoint)}" : $"base_url={Quote(_target.Base)}"];
        if (_target.IsDated)
            arguments.Add($"api_version={Quote(_target.ApiVersion)}");
        arguments.Add(_target.Authentication switch
        {
            AuthenticationKind.ApiKey => $"api_key=os.environ[{Quote(_target.KeyVariable)}]",
            AuthenticationKind.EntraId => $"{(_target.IsDated ? "azure_ad_token_provider" : "api_key")}=get_bearer_token_provider(DefaultAzureCredential(), {Quote(request.Scope)})",
            _ => "api_key=\"unused\"",
        });
        if (_target.Headers.Count > 0)
        {
            IEnumerable<string> headers = _target.Headers.Select(static header =>
                $"        {Quote(header.Name)}: {(header.Variable is { } variable ? $"os.environ[{Quote(variable)}]" : Quote(header.Value!))},\n");
            arguments.Add($"default_headers={{\n{string.Concat(headers)}    }}");
        }

        return [$"client = {(_target.IsDated ? "AzureOpenAI" : "OpenAI")}(", .. arguments.Select(static argument => $"    {argument},"), ")"];
    }

    private List<string> Chat()
    {
        List<string> call = ["client.chat.completions.create(", $"    model={Quote(request.Deployment)},", "    messages=["];
        if (request.System is { } system)
            call.Add($"        {{\"role\": \"system\", \"content\": {Quote(system)}}},");
        call.Add($"        {{\"role\": \"user\", \"content\": {Quote(request.Message)}}},");
        call.Add("    ],");
        call.AddRange(Options());
        if (!request.Stream)
        {
            call[0] = "completion = " + call[0];
            return [.. call, ")", "print(completion.choices[0].message.content)"];
        }

        call[0] = "stream = " + call[0];
        return
        [
            .. call,
            "    stream=True,",
            ")",
            "for chunk in stream:",
            "    if chunk.choices and chunk.choices[0].delta.content:",
            "        print(chunk.choices[0].delta.content, end=\"\", flush=True)",
            "print()",
        ];
    }

    private List<string> Embedding() =>
    [
        "answer = client.embeddings.create(",
        $"    model={Quote(request.Deployment)},",
        $"    input=[{Quote(request.Message)}],",
        .. Options(),
        ")",
        "print(answer.data[0].embedding)",
    ];

    private IEnumerable<string> Options() => CodeOptions.Of(request, _target.IsOld, Quote).Select(static option => $"    {option.Name}={option.Value},");
}
