using System.Collections.Concurrent;

namespace AzOpenAI.Emulator;

/// <summary>
/// The emulators that this process started. Static, not per runspace: an emulator outlives Remove-Module and a closed runspace, and exits with the
/// shell, when its standard input ends.
/// </summary>
internal static class EmulatorProcesses
{
    private static readonly ConcurrentDictionary<int, EmulatorProcess> Running = new();

    /// <summary>The last one started that is still running.</summary>
    public static EmulatorInstance? Newest => All.MaxBy(instance => instance.StartedAt);

    /// <summary>All that are still running.</summary>
    public static IReadOnlyList<EmulatorInstance> All => [.. Running.Values.Where(process => process.IsRunning).Select(process => process.Instance!)];

    public static void Add(EmulatorProcess process) => Running[process.Id] = process;

    /// <summary>The process with that ID, if this shell started it.</summary>
    public static EmulatorProcess? Find(int processId) => Running.TryGetValue(processId, out EmulatorProcess? process) && process.IsRunning ? process : null;

    public static void Remove(EmulatorProcess process) => Running.TryRemove(process.Id, out _);
}
