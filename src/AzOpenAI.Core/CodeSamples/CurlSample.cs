namespace AzOpenAI.Core.CodeSamples;

/// <summary>curl in a POSIX shell. The body is in single quotes, so that the shell doesn't expand anything in it.</summary>
internal sealed class CurlSample(CodeSampleRequest request)
{
    private readonly CodeTarget _target = new(request);

    public string Write()
    {
        bool chat = request.Kind == CodeSampleKind.Chat;
        List<string> lines = [$"curl --fail-with-body --silent --show-error{(request.Stream ? " --no-buffer" : "")} {CodeLiteral.Shell(_target.Address(chat ? "chat/completions" : "embeddings"))}"];
        lines.Add("--header 'Content-Type: application/json'");
        lines.AddRange(Headers());
        lines.Add($"--data '{Body(chat)}'");
        return string.Join(" \\\n  ", lines) + "\n";
    }

    private IEnumerable<string> Headers()
    {
        switch (_target.Authentication)
        {
            case AuthenticationKind.ApiKey when _target.IsBearerKey:
                yield return $"--header \"Authorization: Bearer ${_target.KeyVariable}\"";
                break;
            case AuthenticationKind.ApiKey:
                yield return $"--header \"api-key: ${_target.KeyVariable}\"";
                break;
            case AuthenticationKind.EntraId:
                string resource = request.Scope.EndsWith("/.default", StringComparison.Ordinal) ? request.Scope[..^"/.default".Length] : request.Scope;
                yield return $"--header \"Authorization: Bearer $(az account get-access-token --resource {CodeLiteral.Shell(resource)} --query accessToken --output tsv)\"";
                break;
        }

        foreach (CodeHeader header in _target.Headers)
            yield return header.Variable is { } variable ? $"--header {CodeLiteral.Shell(header.Name + ": ")}\"${variable}\"" : $"--header {CodeLiteral.Shell($"{header.Name}: {header.Value}")}";
    }

    private string Body(bool chat)
    {
        List<string> members = [];
        if (!_target.IsDated)
            members.Add($"\"model\": {CodeLiteral.JsonForShell(request.Deployment)}");
        if (chat)
        {
            List<string> messages = [];
            if (request.System is { } system)
                messages.Add($"{{ \"role\": \"system\", \"content\": {CodeLiteral.JsonForShell(system)} }}");
            messages.Add($"{{ \"role\": \"user\", \"content\": {CodeLiteral.JsonForShell(request.Message)} }}");
            members.Add($"\"messages\": [\n      {string.Join(",\n      ", messages)}\n    ]");
        }
        else
        {
            members.Add($"\"input\": [{CodeLiteral.JsonForShell(request.Message)}]");
        }

        foreach ((string name, string value) in CodeOptions.Of(request, _target.IsOld, static text => CodeLiteral.JsonForShell(text)))
            members.Add($"\"{name}\": {value}");
        if (request.Stream)
            members.Add("\"stream\": true");
        return $"{{\n    {string.Join(",\n    ", members)}\n  }}";
    }
}
