using System.Text.Json.Nodes;

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

    public ScriptedAnswer? Take(string deployment)
    {
        lock (_gate)
        {
            ScriptedAnswer? answer = _answers.FirstOrDefault(a => a.Deployment is null || a.Deployment.Equals(deployment, StringComparison.OrdinalIgnoreCase));
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

/// <summary>One scripted answer: a text, a whole body, or the data of a stream's events.</summary>
internal sealed class ScriptedAnswer
{
    public string? Deployment { get; init; }

    public string? Text { get; init; }

    public JsonNode? Json { get; init; }

    public JsonArray? Events { get; init; }

    /// <summary>How many requests it still answers; never reaches 0 where it starts below.</summary>
    public int Remaining { get; set; } = 1;
}
