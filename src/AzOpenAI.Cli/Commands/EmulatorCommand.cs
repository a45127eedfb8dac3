using System.CommandLine;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using AzOpenAI.Emulator.Hosting;
using AzOpenAI.Emulator.Seeding;

namespace AzOpenAI.Cli.Commands;

/// <summary><c>azopenai emulator</c>: runs the emulator until a signal or, for a parent process, the end of standard input.</summary>
internal static class EmulatorCommand
{
    public static Command Create()
    {
        Option<int> port = new("--port") { Description = "Port on 127.0.0.1. 0 selects a free port.", DefaultValueFactory = _ => 0, CustomParser = OptionRules.Port };
        Option<bool> https = new("--https") { Description = "Add a TLS listener with a certificate that is created at startup." };
        Option<string?> seed = new Option<string?>("--seed") { Description = "JSON file that describes the initial subscriptions.", HelpName = "FILE" }.NotBlank();
        Option<bool> json = new("--json") { Description = "Print one line of JSON instead of the base URL." };
        Option<bool> exitWithStdin = new("--exit-with-stdin") { Description = "Exit when standard input is closed, and ignore Ctrl+C. For use by a parent process." };
        Command command = new("emulator", "Run an in-memory emulator of both Azure planes on loopback until Ctrl+C.")
        {
            port, https, seed, json, exitWithStdin,
        };
        command.SetAction((result, _) => RunAsync(
            new EmulatorOptions { Port = result.GetValue(port), Https = result.GetValue(https) },
            result.GetValue(seed), result.GetValue(json), result.GetValue(exitWithStdin)));
        return command;
    }

    private static async Task<int> RunAsync(EmulatorOptions options, string? seed, bool json, bool exitWithStdin)
    {
        Report report = new(Console.Out, Console.Error);
        string? certificate = null;
        // Ctrl+C in the terminal is sent to the whole foreground group, including a child; the parent process decides then.
        using EndSignals signals = new(exitWithStdin ? [PosixSignal.SIGINT, PosixSignal.SIGQUIT] : [], () =>
        {
            if (File.Exists(certificate))
                report.Error($"Not deleted: {certificate}");
        });

        try
        {
            if (seed is not null)
                options = options with { Seed = await File.ReadAllTextAsync(seed, signals.Token).ConfigureAwait(false) };
            EmulatorHost emulator = await EmulatorHost.StartAsync(options, signals.Token).ConfigureAwait(false);
            await using (emulator.ConfigureAwait(false))
            {
                certificate = emulator.CertificatePath;
                report.WriteLine(json ? Describe(emulator) : emulator.BaseUri.ToString());
                if (!json && emulator.HttpsUri is not null)
                    report.Error($"{emulator.HttpsUri} with the certificate {certificate}");
                await (exitWithStdin ? UntilEndOfInputAsync() : Task.Delay(Timeout.Infinite, signals.Token)).WaitAsync(signals.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (signals.ExitCode is int code)
        {
            return code;
        }
        catch (EmulatorSeedException exception)
        {
            report.Error($"Can't use seed file '{seed}'. {exception.Message}");
            return ExitCodes.Usage;
        }
        catch (Exception exception) when (seed is not null && options.Seed is null && exception is IOException or UnauthorizedAccessException)
        {
            report.Error($"Can't read seed file '{seed}': {exception.Message}");
            return ExitCodes.Usage;
        }
        catch (IOException exception)
        {
            report.Error(exception.Message);
            return ExitCodes.Failure;
        }
        catch (SocketException exception)
        {
            // A port that requires administrator permissions.
            report.Error($"Failed to bind to address http://127.0.0.1:{options.Port}: {exception.Message}");
            return ExitCodes.Failure;
        }

        return ExitCodes.Success;
    }

    private static string Describe(EmulatorHost emulator) => new JsonObject
    {
        ["uri"] = emulator.BaseUri.ToString(),
        ["httpsUri"] = emulator.HttpsUri?.ToString(),
        ["certificatePath"] = emulator.CertificatePath,
        ["subscriptionId"] = emulator.SubscriptionId,
    }.ToJsonString();

    private static async Task UntilEndOfInputAsync()
    {
        Stream input = Console.OpenStandardInput();
        byte[] buffer = new byte[256];
        while (await input.ReadAsync(buffer).ConfigureAwait(false) > 0)
        {
        }
    }
}
