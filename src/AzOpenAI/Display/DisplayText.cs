using System.Globalization;
using System.Management.Automation;

namespace AzOpenAI.Display;

/// <summary>Text of a model or the service for display: the getters of the hidden properties in <see cref="TypeDisplay"/>. Public, as the engine requires.</summary>
public static class DisplayText
{
    /// <summary>The response and a footer; only the footer if the text was streamed to the host.</summary>
    public static string OfCompletion(PSObject target)
    {
        ChatCompletion answer = Of<ChatCompletion>(target);
        bool isMany = answer.Choices.Count > 1;
        List<string> lines = [];
        foreach (ChatChoice choice in answer.Choices)
        {
            if (isMany)
                lines.Add($"[{choice.Index + 1}]");
            if (!answer.Streamed || choice.Index > 0)
                AddText(choice.Content, lines);
            AddRest(choice, lines);
        }

        lines.Add(Footer(answer.Model, null, answer.FinishReason, answer.Usage, Count(answer.ToolRuns.Count), answer.Duration));
        return ConsoleText.Clean(string.Join('\n', lines));
    }

    /// <summary>The text of a choice, its refusal and its calls.</summary>
    public static string OfChoice(PSObject target)
    {
        ChatChoice choice = Of<ChatChoice>(target);
        List<string> lines = [];
        AddText(choice.Content, lines);
        AddRest(choice, lines);
        return ConsoleText.Clean(string.Join('\n', lines));
    }

    /// <summary>The role and the text.</summary>
    public static string OfMessage(PSObject target)
    {
        ChatMessage message = Of<ChatMessage>(target);
        return ConsoleText.Clean($"{message.Role}: {string.Join("; ", [$"{message}", .. message.ToolCalls])}");
    }

    /// <summary>The text of a completion and a footer; only the footer if the text was streamed to the host.</summary>
    public static string OfTextCompletion(PSObject target)
    {
        TextCompletion completion = Of<TextCompletion>(target);
        string place = completion.Index > 0 ? $"prompt {completion.PromptIndex + 1}, choice {completion.Index + 1}" : $"prompt {completion.PromptIndex + 1}";
        string footer = Footer(completion.Model, place, completion.FinishReason, completion.Usage, null, completion.Duration);
        return ConsoleText.Clean(completion.Streamed ? footer : $"{completion.Text}\n{footer}");
    }

    /// <summary>The model's request with its arguments.</summary>
    public static string OfRun(PSObject target) => ConsoleText.Clean($"{Of<ToolRun>(target).Name}({Of<ToolRun>(target).Arguments})");

    /// <summary>The result for the model.</summary>
    public static string OfOutput(PSObject target) => ConsoleText.Clean(Of<ToolRun>(target).Output);

    /// <summary>The token.</summary>
    public static string OfToken(PSObject target) => ConsoleText.Clean(Of<TokenLogProb>(target).Token);

    /// <summary>The object as a string.</summary>
    public static string OfAny(PSObject target) => ConsoleText.Clean(Of<object>(target).ToString());

    private static T Of<T>(PSObject target) => (T)target.BaseObject;

    private static void AddText(string text, List<string> lines)
    {
        if (text.Length > 0)
            lines.Add(text);
    }

    private static void AddRest(ChatChoice choice, List<string> lines)
    {
        if (choice.Refusal is { Length: > 0 } refusal)
            lines.Add($"Refused: {refusal}");
        lines.AddRange(choice.ToolCalls.Select(static call => $"Calls {call}"));
    }

    private static string? Count(int runs) => runs switch { 0 => null, 1 => "1 tool call", _ => $"{runs} tool calls" };

    private static string Footer(string? model, string? place, string? finishReason, TokenUsage? usage, string? tools, TimeSpan duration)
    {
        string? tokens = usage is null ? null : $"{usage.PromptTokens} + {usage.CompletionTokens} tokens";
        string seconds = string.Create(CultureInfo.CurrentCulture, $"{duration.TotalSeconds:0.00} s");
        IEnumerable<string?> parts = [model, place, finishReason, tokens, tools, seconds];
        return $"[{string.Join(", ", parts.Where(static part => !string.IsNullOrEmpty(part)))}]";
    }
}
