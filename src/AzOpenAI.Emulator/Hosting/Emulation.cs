using AzOpenAI.Emulator.Catalogue;
using AzOpenAI.Emulator.DataPlane;
using AzOpenAI.Emulator.Faults;
using AzOpenAI.Emulator.Limits;
using AzOpenAI.Emulator.State;

namespace AzOpenAI.Emulator.Hosting;

/// <summary>Everything one emulator holds; both planes and the control endpoints work on it.</summary>
internal sealed class Emulation
{
    private readonly EmulatorOptions _options;

    public Emulation(EmulatorOptions options)
    {
        _options = options;
        Catalogue = ModelCatalogue.Load();
        Clock = new EmulatorClock(options.Now ?? Catalogue.Date);
        Settings = new EmulatorSettings(options);
        State = new AzureState(Clock);
        Quota = new QuotaLedger(Catalogue);
    }

    public ModelCatalogue Catalogue { get; }

    public EmulatorClock Clock { get; private set; }

    public EmulatorSettings Settings { get; private set; }

    public AzureState State { get; private set; }

    public QuotaLedger Quota { get; }

    public FaultRegistry Faults { get; } = new();

    public RequestLog Log { get; } = new();

    public ScriptedAnswers Answers { get; } = new();

    /// <summary>Back to the state at the start: no resource, no fault, empty logs, first settings and clock.</summary>
    public void Reset()
    {
        Faults.Remove(null);
        Answers.Clear();
        Clock = new EmulatorClock(_options.Now ?? Catalogue.Date);
        Settings = new EmulatorSettings(_options);
        State = new AzureState(Clock);
        Log.Clear(writesOnly: false);
    }
}
