using System.CommandLine;
using AzOpenAI.Cli.Quickstart;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Sessions;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Cli.Commands;

/// <summary><c>azopenai quickstart</c>: the whole lifecycle once, on the emulator or in Azure.</summary>
internal static class QuickstartCommand
{
    private const string DefaultLocation = "swedencentral";

    public static Command Create()
    {
        Option<string?> subscription = new Option<string?>("--subscription")
        {
            Description = "Runs in this Azure subscription (id or name) with the default credential chain, instead of on the emulator.",
        }.NotBlank();
        Option<string?> location = new Option<string?>("--location") { Description = "Region.", DefaultValueFactory = _ => DefaultLocation }.NotBlank();
        Option<string?> model = new Option<string?>("--model")
        {
            Description = "Model; without it the newest generally available small chat model that the region offers.",
        }.NotBlank();
        Option<bool> keep = new("--keep") { Description = "Leaves what was made, and says how to remove it. A run that fails or is stopped removes it all the same." };
        Command command = new("quickstart", "From a subscription to a streamed answer and back to nothing, also when it is stopped.") { subscription, location, model, keep };
        command.SetAction((result, _) => RunAsync(
            result.GetValue(subscription),
            new QuickstartOptions { Location = result.GetValue(location)!, Model = result.GetValue(model), Keep = result.GetValue(keep) }));
        return command;
    }

    private static async Task<int> RunAsync(string? subscription, QuickstartOptions options)
    {
        Report report = new(Console.Out, Console.Error);
        QuickstartRun run = new(options, new StepPrinter(report));
        using EndSignals signals = new([], run.Abandon);
        try
        {
            int exitCode = subscription is null
                ? await OnEmulatorAsync(run, report, signals.Token).ConfigureAwait(false)
                : await InAzureAsync(run, subscription, signals.Token).ConfigureAwait(false);
            return signals.ExitCode ?? exitCode;
        }
        catch (OperationCanceledException) when (signals.ExitCode is int code)
        {
            return code;
        }
    }

    private static Task<int> InAzureAsync(QuickstartRun run, string subscription, CancellationToken cancellationToken) => run.RunAsync(
        new ConnectRequest { Credential = new CredentialOptions(), Environment = CloudEnvironment.AzureCloud, Subscription = subscription, Tenant = null }, cancellationToken);

    private static async Task<int> OnEmulatorAsync(QuickstartRun run, Report report, CancellationToken cancellationToken)
    {
        EmulatorHost emulator = await new StepPrinter(report).StepAsync(
            "start emulator", "127.0.0.1", () => EmulatorHost.StartAsync(new EmulatorOptions(), cancellationToken), host => $"{host.BaseUri}").ConfigureAwait(false);
        await using (emulator.ConfigureAwait(false))
        {
            ConnectRequest request = new()
            {
                Credential = new CredentialOptions { Source = CredentialSource.Emulator },
                Environment = EmulatorEnvironment.Create(emulator.BaseUri),
                Subscription = emulator.SubscriptionId,
                Tenant = null,
            };
            return await run.RunAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }
}
