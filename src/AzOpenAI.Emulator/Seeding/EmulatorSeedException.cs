namespace AzOpenAI.Emulator.Seeding;

/// <summary>A seed that cannot be used. The message names the line and the member, what is wrong and what is possible.</summary>
/// <param name="line">Line of the seed, from 1.</param>
/// <param name="member">Path of the member, such as subscriptions[0].accounts[2].location; empty where the text is no JSON.</param>
/// <param name="problem">What is wrong with it.</param>
/// <param name="inner">What the JSON reader said.</param>
public sealed class EmulatorSeedException(int line, string member, string problem, Exception? inner = null)
    : Exception($"Line {line}{(member.Length == 0 ? "" : $", {member}")}: {problem}", inner)
{
    /// <summary>Line of the seed, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Path of the member, such as subscriptions[0].accounts[2].location; empty where the text is no JSON.</summary>
    public string Member { get; } = member;
}
