namespace AzOpenAI.Tests.Cli;

/// <summary><c>azopenai quickstart</c> and the signals that end it: what it made in Azure costs money until it is gone.</summary>
public sealed class QuickstartSignalTests
{
    private const string PutAccount = "/accounts/[^/?]+[?]";
    private const string PutDeployment = "/deployments/";

    // More than the half second in which signals count as one.
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(5);

    public QuickstartSignalTests() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals that one process can send another.");

    [Fact]
    public async Task In_Azure_it_leaves_nothing_after_a_run_that_works()
    {
        await using EmulatedAzure azure = await EmulatedAzure.StartAsync();
        using CliProcess quickstart = Start(azure);
        await quickstart.WaitForExitAsync();
        Assert.True(quickstart.ExitCode == 0, quickstart.Text);
        Assert.Contains("You said: Say hello", quickstart.Output, StringComparison.Ordinal);
        Assert.Empty(await azure.RemainsAsync());
    }

    [Fact]
    public async Task What_the_model_says_does_not_steer_the_terminal()
    {
        await using EmulatedAzure azure = await EmulatedAzure.StartAsync();
        await azure.AddAnswerAsync("""{"text":"Hello \u001b]0;owned\u0007 and \u001b[2J there \u202egnorw"}""");
        using CliProcess quickstart = Start(azure);
        await quickstart.WaitForExitAsync();
        Assert.True(quickstart.ExitCode == 0, quickstart.Text);
        Assert.Contains("Hello \uFFFD]0;owned\uFFFD and \uFFFD[2J there \uFFFDgnorw", quickstart.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(quickstart.Text, static character => character is '\u001b' or '\u0007' or '\u202e');
    }

    [Theory]
    [InlineData("INT", 130, PutAccount)]
    [InlineData("TERM", 143, PutAccount)]
    [InlineData("HUP", 129, PutAccount)]
    [InlineData("INT", 130, PutDeployment)]
    [InlineData("TERM", 143, PutDeployment)]
    public async Task A_signal_while_something_is_being_made_removes_it(string signal, int exitCode, string path)
    {
        await using EmulatedAzure azure = await EmulatedAzure.StartAsync();
        await azure.AddFaultAsync($$$"""{"kind":"slow-operation","seconds":3,"count":1,"match":{"method":"PUT","path":"{{{path}}}"}}""");
        using CliProcess quickstart = Start(azure);
        await azure.UntilRequestAsync(quickstart, "PUT", path, answered: true);
        Assert.NotEmpty(await azure.RemainsAsync());

        quickstart.Signal(signal);
        await quickstart.WaitForExitAsync();

        Assert.True(quickstart.ExitCode == exitCode, quickstart.Text);
        Assert.Contains("Stopping. Removing resource group 'rg-azopenai-quickstart-", quickstart.Errors, StringComparison.Ordinal);
        Assert.Contains("remove and purge", quickstart.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Not removed", quickstart.Text, StringComparison.Ordinal);
        Assert.Empty(await azure.RemainsAsync());
    }

    [Fact]
    public async Task A_resource_that_comes_to_be_after_it_was_looked_for_is_removed_too()
    {
        await using EmulatedAzure azure = await EmulatedAzure.StartAsync();
        // The client gives up on the creation; it takes effect before the group is deleted, and the clean-up has found no resource.
        await azure.AddFaultAsync($$$"""{"kind":"latency","seconds":3,"count":1,"match":{"method":"PUT","path":"{{{PutAccount}}}"}}""");
        await azure.AddFaultAsync("""{"kind":"latency","seconds":6,"count":1,"match":{"method":"DELETE","path":"resourceGroups/[^/]+[?]"}}""");
        using CliProcess quickstart = Start(azure);
        await azure.UntilRequestAsync(quickstart, "PUT", PutAccount, answered: false);
        quickstart.Signal("INT");
        await quickstart.WaitForExitAsync();

        Assert.True(quickstart.ExitCode == 130, quickstart.Text);
        Assert.DoesNotContain("remove and purge", quickstart.Output, StringComparison.Ordinal);
        Assert.Matches("ok +[0-9.]+s  purge ", quickstart.Output);
        Assert.Empty(await azure.RemainsAsync());
    }

    [Fact]
    public async Task A_second_signal_ends_at_once_and_names_what_is_left()
    {
        await using EmulatedAzure azure = await EmulatedAzure.StartAsync();
        await azure.AddFaultAsync("""{"kind":"stall","match":{"method":"DELETE"}}""");
        await azure.AddFaultAsync($$$"""{"kind":"slow-operation","seconds":60,"count":1,"match":{"method":"PUT","path":"{{{PutDeployment}}}"}}""");
        using CliProcess quickstart = Start(azure);
        await azure.UntilRequestAsync(quickstart, "PUT", PutDeployment, answered: true);
        quickstart.Signal("INT");
        await azure.UntilRequestAsync(quickstart, "DELETE", "azopenai-quickstart-", answered: false);
        await Task.Delay(Later, TestContext.Current.CancellationToken);

        quickstart.Signal("INT");
        Assert.InRange(await quickstart.WaitForExitAsync(), TimeSpan.Zero, AtOnce);

        Assert.True(quickstart.ExitCode == 130, quickstart.Text);
        string[] left = await azure.RemainsAsync();
        Assert.Equal(2, left.Length);
        Assert.Contains("Not removed:", quickstart.Errors, StringComparison.Ordinal);
        Assert.All(left, id => Assert.Contains($"  {id}\n", quickstart.Errors, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("/deployments/gpt-", quickstart.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clean_up_that_fails_names_what_is_left_and_tries_the_rest()
    {
        await using EmulatedAzure azure = await EmulatedAzure.StartAsync();
        await azure.AddFaultAsync("""{"kind":"deny","match":{"action":"Microsoft.Resources/subscriptions/resourceGroups/delete"}}""");
        await azure.AddFaultAsync($$$"""{"kind":"slow-operation","seconds":1,"count":1,"match":{"method":"PUT","path":"{{{PutDeployment}}}"}}""");
        using CliProcess quickstart = Start(azure);
        await azure.UntilRequestAsync(quickstart, "PUT", PutDeployment, answered: true);
        quickstart.Signal("TERM");
        await quickstart.WaitForExitAsync();

        Assert.True(quickstart.ExitCode == 143, quickstart.Text);
        string group = Assert.Single(await azure.RemainsAsync());
        Assert.Contains($"Not removed:\n  {group}\n", quickstart.Errors, StringComparison.Ordinal);
        Assert.Contains("PermissionDenied", quickstart.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_that_is_gone_does_not_keep_it_from_cleaning_up()
    {
        await using EmulatedAzure azure = await EmulatedAzure.StartAsync();
        await azure.AddFaultAsync($$$"""{"kind":"slow-operation","seconds":1,"count":1,"match":{"method":"PUT","path":"{{{PutDeployment}}}"}}""");
        using CliProcess quickstart = Start(azure, readsOutput: false);
        await azure.UntilRequestAsync(quickstart, "PUT", PutDeployment, answered: true);
        quickstart.Signal("INT");
        await quickstart.WaitForExitAsync();
        Assert.True(quickstart.ExitCode == 130, quickstart.Text);
        Assert.Empty(await azure.RemainsAsync());
    }

    [Fact]
    public async Task Outputs_that_take_nothing_do_not_keep_it_from_cleaning_up()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here, a device whose writes fail.");
        await using EmulatedAzure azure = await EmulatedAzure.StartAsync();
        await azure.AddFaultAsync($$$"""{"kind":"slow-operation","seconds":1,"count":1,"match":{"method":"PUT","path":"{{{PutDeployment}}}"}}""");
        using CliProcess quickstart = Start(azure, "exec \"$@\" > /dev/full 2> /dev/full");
        await azure.UntilRequestAsync(quickstart, "PUT", PutDeployment, answered: true);
        quickstart.Signal("HUP");
        await quickstart.WaitForExitAsync();
        Assert.Equal(129, quickstart.ExitCode);
        Assert.Empty(await azure.RemainsAsync());
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    public async Task On_the_emulator_a_signal_ends_it_in_order(string signal, int exitCode)
    {
        using CliProcess quickstart = CliProcess.Start(["quickstart"]);
        await quickstart.LineAsync("start emulator");
        quickstart.Signal(signal);
        await quickstart.WaitForExitAsync();
        Assert.True(quickstart.ExitCode == exitCode, quickstart.Text);
        Assert.Contains("Stopping.", quickstart.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Not removed", quickstart.Text, StringComparison.Ordinal);
    }

    private static CliProcess Start(EmulatedAzure azure, string? shell = null, bool readsOutput = true) =>
        CliProcess.Start(["quickstart", "--subscription", EmulatedAzure.Subscription], azure.Environment, shell, readsOutput);
}
