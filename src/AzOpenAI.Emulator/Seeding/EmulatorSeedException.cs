namespace AzOpenAI.Emulator.Seeding;

/// <summary>An invalid seed. The message contains the line and the member, the problem and what is valid.</summary>
/// <param name="line">Line of the seed, from 1.</param>
/// <param name="member">Path of the member, such as subscriptions[0].accounts[2].location; empty if the text isn't JSON.</param>
/// <param name="problem">The problem.</param>
/// <param name="inner">The exception of the JSON reader.</param>
public sealed class EmulatorSeedException(int line, string member, string problem, Exception? inner = null)
    : Exception($"Line {line}{(member.Length == 0 ? "" : $", {member}")}: {problem}", inner)
{
    /// <summary>Line of the seed, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Path of the member, such as subscriptions[0].accounts[2].location; empty if the text isn't JSON.</summary>
    public string Member { get; } = member;
}
