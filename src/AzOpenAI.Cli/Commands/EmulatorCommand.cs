using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator;

namespace AzOpenAI.Cli.Commands;

/// <summary><c>azopenai emulator</c>: runs the emulator until it is told to end.</summary>
internal static class EmulatorCommand
{
    /// <summary>Exit code where the seed cannot be used; 1 where the emulator cannot start.</summary>
    private const int BadSeed = 2;

    public static Command Create()
    {
        Option<int> port = new("--port") { Description = "Port on 127.0.0.1; 0 takes a free one.", DefaultValueFactory = _ => 0 };
        Option<bool> https = new("--https") { Description = "Adds a TLS listener with a certificate made at start." };
        Option<FileInfo?> seed = new("--seed") { Description = "JSON file with the subscriptions to start with.", HelpName = "FILE" };
        Option<bool> json = new("--json") { Description = "Prints one line of JSON instead of the base URL." };
        Option<bool> exitWithStdin = new("--exit-with-stdin") { Description = "Ends when standard input ends, and ignores Ctrl+C: for a parent process." };
        Command command = new("emulator", "Runs Azure on loopback: both planes, in memory.") { port, https, seed, json, exitWithStdin };
        command.SetAction((result, cancellationToken) => RunAsync(
            new EmulatorOptions { Port = result.GetValue(port), Https = result.GetValue(https) },
            result.GetValue(seed), result.GetValue(json), result.GetValue(exitWithStdin), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(EmulatorOptions options, FileInfo? seed, bool json, bool exitWithStdin, CancellationToken cancellationToken)
    {
        // Ctrl+C in the terminal reaches the whole foreground group, and so a child too; there the parent decides.
        using PosixSignalRegistration? interrupt = exitWithStdin ? Ignore(PosixSignal.SIGINT) : null;
        using PosixSignalRegistration? quit = exitWithStdin ? Ignore(PosixSignal.SIGQUIT) : null;

        EmulatorHost emulator;
        try
        {
            if (seed is not null)
                options = options with { Seed = await File.ReadAllTextAsync(seed.FullName, cancellationToken).ConfigureAwait(false) };
            emulator = await EmulatorHost.StartAsync(options, cancellationToken).ConfigureAwait(false);
        }
        catch (EmulatorSeedException exception)
        {
            await Console.Error.WriteLineAsync($"The seed '{seed}' cannot be used. {exception.Message}").ConfigureAwait(false);
            return BadSeed;
        }
        catch (Exception exception) when (options.Seed is null && seed is not null && exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"The seed '{seed}' cannot be read: {exception.Message}").ConfigureAwait(false);
            return BadSeed;
        }
        catch (IOException exception)
        {
            await Console.Error.WriteLineAsync($"The emulator cannot listen on 127.0.0.1:{options.Port}: {exception.Message}").ConfigureAwait(false);
            return 1;
        }

        await using (emulator.ConfigureAwait(false))
        {
            await Console.Out.WriteLineAsync(json ? Describe(emulator) : emulator.BaseUri.ToString()).ConfigureAwait(false);
            if (!json && emulator.HttpsUri is not null)
                await Console.Error.WriteLineAsync($"{emulator.HttpsUri} with the certificate {emulator.CertificatePath}").ConfigureAwait(false);
            await (exitWithStdin ? UntilEndOfInputAsync() : UntilCancelledAsync(cancellationToken)).ConfigureAwait(false);
        }

        return 0;
    }

    private static string Describe(EmulatorHost emulator) => new JsonObject
    {
        ["uri"] = emulator.BaseUri.ToString(),
        ["httpsUri"] = emulator.HttpsUri?.ToString(),
        ["certificatePath"] = emulator.CertificatePath,
        ["subscriptionId"] = emulator.SubscriptionId,
    }.ToJsonString();

    private static PosixSignalRegistration Ignore(PosixSignal signal) => PosixSignalRegistration.Create(signal, context => context.Cancel = true);

    private static async Task UntilEndOfInputAsync()
    {
        Stream input = Console.OpenStandardInput();
        byte[] buffer = new byte[256];
        while (await input.ReadAsync(buffer).ConfigureAwait(false) > 0)
        {
        }
    }

    private static async Task UntilCancelledAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Asked to end.
        }
    }
}
