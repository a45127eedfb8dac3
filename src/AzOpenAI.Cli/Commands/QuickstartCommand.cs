using System.CommandLine;
using AzOpenAI.Cli.Quickstart;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.Sessions;
using AzOpenAI.Emulator.Hosting;

namespace AzOpenAI.Cli.Commands;

/// <summary><c>azopenai quickstart</c>: the whole lifecycle, on the emulator or in Azure.</summary>
internal static class QuickstartCommand
{
    private const string DefaultLocation = "swedencentral";

    public static Command Create()
    {
        Option<string?> subscription = new Option<string?>("--subscription")
        {
            Description = "Azure subscription (ID or name) to run in with the default credential chain, instead of the emulator.",
        }.NotBlank();
        Option<string?> location = new Option<string?>("--location") { Description = "Azure region.", DefaultValueFactory = _ => DefaultLocation }.NotBlank();
        Option<string?> model = new Option<string?>("--model")
        {
            Description = "Model to deploy. By default, the newest generally available small chat model in the region.",
        }.NotBlank();
        Option<bool> keep = new("--keep") { Description = "Keep the created resources and show how to remove them. A run that fails or is stopped always removes them." };
        Command command = new("quickstart", "Go from a subscription to a streamed answer, then remove everything that was created, even when stopped.") { subscription, location, model, keep };
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
