using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>Responses that a test has set instead of the echo, first in, first out.</summary>
internal sealed class ScriptedAnswers
{
    private readonly Lock _gate = new();
    private readonly List<ScriptedAnswer> _answers = [];

    public void Add(ScriptedAnswer answer)
    {
        lock (_gate)
        {
            _answers.Add(answer);
        }
    }

    /// <summary>The oldest response for a deployment and a prompt; null if there is none.</summary>
    public ScriptedAnswer? Take(string deployment, string prompt)
    {
        lock (_gate)
        {
            ScriptedAnswer? answer = _answers.FirstOrDefault(a =>
                (a.Deployment is null || a.Deployment.Equals(deployment, StringComparison.OrdinalIgnoreCase)) && a.Match?.IsMatch(prompt) != false);
            if (answer is not null && --answer.Remaining == 0)
            {
                _answers.Remove(answer);
            }

            return answer;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _answers.Clear();
        }
    }
}

/// <summary>A scripted response: the model's output, a whole body, or the data of a stream's events.</summary>
internal sealed class ScriptedAnswer
{
    public string? Deployment { get; init; }

    /// <summary>The pattern for the last user message or the prompt.</summary>
    public Regex? Match { get; init; }

    public string? Text { get; init; }

    /// <summary>Texts of several choices; the last is used for additional ones.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    public string? Refusal { get; init; }

    /// <summary>Tool calls: {name, arguments?, id?}.</summary>
    public JsonArray? ToolCalls { get; init; }

    public string? FinishReason { get; init; }

    public int? ReasoningTokens { get; init; }

    public int? CachedTokens { get; init; }

    public JsonNode? Json { get; init; }

    public JsonArray? Events { get; init; }

    /// <summary>Number of remaining requests; negative for no limit.</summary>
    public int Remaining { get; set; } = 1;
}
