using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace AzOpenAI.Emulator.DataPlane;

/// <summary>Answers that a test has put in place of the echo, first in, first out.</summary>
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

    /// <summary>The oldest answer for a deployment and a prompt; null where none is left.</summary>
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

/// <summary>One scripted answer: what the model says, a whole body, or the data of a stream's events.</summary>
internal sealed class ScriptedAnswer
{
    public string? Deployment { get; init; }

    /// <summary>What the last user message, or the prompt, must match.</summary>
    public Regex? Match { get; init; }

    public string? Text { get; init; }

    /// <summary>Texts of several choices; the last stands for those beyond.</summary>
    public IReadOnlyList<string>? Choices { get; init; }

    public string? Refusal { get; init; }

    /// <summary>Calls of tools: {name, arguments?, id?}.</summary>
    public JsonArray? ToolCalls { get; init; }

    public string? FinishReason { get; init; }

    public int? ReasoningTokens { get; init; }

    public int? CachedTokens { get; init; }

    public JsonNode? Json { get; init; }

    public JsonArray? Events { get; init; }

    /// <summary>How many requests it still answers; never reaches 0 where it starts below.</summary>
    public int Remaining { get; set; } = 1;
}
