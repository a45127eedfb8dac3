using System.CommandLine;
using AzOpenAI.Cli.Quickstart;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Emulator;

namespace AzOpenAI.Cli.Commands;

/// <summary><c>azopenai quickstart</c>: the whole lifecycle once, on the emulator or in Azure.</summary>
internal static class QuickstartCommand
{
    private const string DefaultLocation = "swedencentral";

    public static Command Create()
    {
        Option<string?> subscription = new("--subscription") { Description = "Runs in this Azure subscription (id or name) with the default credential chain, instead of on the emulator." };
        Option<string> location = new("--location") { Description = "Region.", DefaultValueFactory = _ => DefaultLocation };
        Option<string?> model = new("--model") { Description = "Model; without it the newest generally available small chat model that the region offers." };
        Option<bool> keep = new("--keep") { Description = "Leaves what was made, and says how to remove it." };
        Command command = new("quickstart", "From a subscription to a streamed answer and back to nothing.") { subscription, location, model, keep };
        command.SetAction((result, cancellationToken) => RunAsync(
            result.GetValue(subscription),
            new QuickstartOptions { Location = result.GetValue(location)!, Model = result.GetValue(model), Keep = result.GetValue(keep) },
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string? subscription, QuickstartOptions options, CancellationToken cancellationToken)
    {
        StepPrinter printer = new(Console.Out);
        if (subscription is not null)
        {
            ConnectRequest azure = new() { Credential = new CredentialOptions(), Environment = CloudEnvironment.AzureCloud, Subscription = subscription, Tenant = null };
            return await new QuickstartRun(options, printer).RunAsync(azure, cancellationToken).ConfigureAwait(false);
        }

        EmulatorHost emulator = await printer.StepAsync(
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
            return await new QuickstartRun(options, printer).RunAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }
}
