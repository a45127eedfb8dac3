using System.Collections.Concurrent;

namespace AzOpenAI.Emulator;

/// <summary>
/// The emulators that this process started. Of the process, not of a runspace: an emulator outlives Remove-Module and a closed runspace, and ends with the
/// shell, whose end of the pipe it reads.
/// </summary>
internal static class EmulatorProcesses
{
    private static readonly ConcurrentDictionary<int, EmulatorProcess> Running = new();

    /// <summary>The one started last that still runs.</summary>
    public static EmulatorInstance? Newest => All.MaxBy(instance => instance.StartedAt);

    /// <summary>All that still run.</summary>
    public static IReadOnlyList<EmulatorInstance> All => [.. Running.Values.Where(process => process.IsRunning).Select(process => process.Instance!)];

    public static void Add(EmulatorProcess process) => Running[process.Id] = process;

    /// <summary>The process of that id, where this shell started it.</summary>
    public static EmulatorProcess? Find(int processId) => Running.TryGetValue(processId, out EmulatorProcess? process) && process.IsRunning ? process : null;

    public static void Remove(EmulatorProcess process) => Running.TryRemove(process.Id, out _);
}
