using System.Text.Json.Nodes;

namespace AzOpenAI.Emulator.DataPlane.Chat;

/// <summary>Caches the last long prompts of a deployment: a repeated prefix of at least 1,024 tokens is cached, in steps of 128.</summary>
internal sealed class PromptCache
{
    private const int Least = 1024;
    private const int Step = 128;
    private const int Kept = 16;

    private readonly Lock _gate = new();
    private readonly LinkedList<string> _prompts = [];

    /// <summary>Cached tokens of a prompt, which is then added to the cache.</summary>
    public int Take(JsonArray messages)
    {
        string prompt = string.Concat(messages.OfType<JsonObject>().Select(m => ChatText.Role(m) + "\n" + ChatText.Of(m) + "\n"));
        if (TokenCounter.Count(prompt) < Least)
        {
            return 0;
        }

        lock (_gate)
        {
            int longest = _prompts.Count == 0 ? 0 : _prompts.Max(p => p.AsSpan().CommonPrefixLength(prompt));
            _prompts.Remove(prompt);
            _prompts.AddFirst(prompt);
            if (_prompts.Count > Kept)
            {
                _prompts.RemoveLast();
            }

            int tokens = longest / 4 / Step * Step;
            return tokens < Least ? 0 : tokens;
        }
    }
}
