using System.Collections.Concurrent;
using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.DataPlane;
using AzOpenAI.Emulator.Faults;
using AzOpenAI.Emulator.Limits;
using AzOpenAI.Emulator.Seeding;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Hosting;

/// <summary>The state of an emulator, which both planes and the control endpoints use.</summary>
internal sealed class Emulation
{
    private readonly EmulatorOptions _options;

    public Emulation(EmulatorOptions options)
    {
        _options = options;
        Catalogue = ModelCatalogue.Load();
        Clock = new EmulatorClock(options.Now ?? Catalogue.Date);
        Settings = new EmulatorSettings(options);
        State = Start();
        Quota = new QuotaLedger(Catalogue);
    }

    public ModelCatalogue Catalogue { get; }

    public EmulatorClock Clock { get; private set; }

    public EmulatorSettings Settings { get; private set; }

    public AzureState State { get; private set; }

    public QuotaLedger Quota { get; }

    /// <summary>Lists of models as sent. They only change with the date, and have hundreds of entries.</summary>
    public ConcurrentDictionary<string, byte[]> ModelLists { get; } = new(StringComparer.Ordinal);

    public FaultRegistry Faults { get; } = new();

    public RequestLog Log { get; } = new();

    public ScriptedAnswers Answers { get; } = new();

    /// <summary>Restores the initial state: no resources, no faults, empty logs, initial settings and clock, and the contents of the seed.</summary>
    public void Reset()
    {
        Faults.Remove(null);
        Answers.Clear();
        Clock = new EmulatorClock(_options.Now ?? Catalogue.Date);
        Settings = new EmulatorSettings(_options);
        State = Start();
        Log.Clear(writesOnly: false);
    }

    private AzureState Start() => _options.Seed is { } seed ? SeedReader.Read(seed, Catalogue, Clock) : new AzureState(Clock);
}
