using System.Globalization;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management;

namespace AzOpenAI.Cli.Quickstart;

/// <summary>The lifecycle, step by step. What it made it removes, also after a failure, unless told to keep it.</summary>
internal sealed class QuickstartRun(QuickstartOptions options, StepPrinter printer)
{
    private const string Question = "Say hello in one short sentence.";

    private readonly ServiceOptions _service = new();
    private readonly string _suffix = Guid.NewGuid().ToString("N")[..8];
    private ManagementClient? _client;
    private Resource? _resource;
    private bool _groupMade;

    private string GroupName => $"rg-azopenai-quickstart-{_suffix}";

    private string ResourceName => $"azopenai-quickstart-{_suffix}";

    /// <summary>Runs it; 0 when every step worked, else 1.</summary>
    public async Task<int> RunAsync(ConnectRequest connection, CancellationToken cancellationToken)
    {
        int exitCode = 0;
        try
        {
            await LifecycleAsync(connection, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is AzOpenAIException or OperationCanceledException)
        {
            Explain(exception);
            exitCode = 1;
        }

        return await CleanUpAsync(exitCode).ConfigureAwait(false);
    }

    private async Task LifecycleAsync(ConnectRequest connection, CancellationToken cancellationToken)
    {
        Context context = await printer.StepAsync(
            "connect", connection.Environment.ToString(), () => ContextFactory.ConnectAsync(connection, _service, cancellationToken),
            found => $"subscription '{found.SubscriptionName}'").ConfigureAwait(false);
        _client = new ManagementClient(context, _service);
        // Models and quotas are told only to subscriptions that are registered for the service.
        if (!"Registered".Equals(await _client.Providers.GetStateAsync(cancellationToken).ConfigureAwait(false), StringComparison.OrdinalIgnoreCase))
            await printer.StepAsync("register provider", context.SubscriptionId, () => _client.Providers.RegisterAsync(cancellationToken)).ConfigureAwait(false);

        string model = options.Model ?? await ChooseModelAsync(_client, cancellationToken).ConfigureAwait(false);
        await CheckModelAsync(_client, model, cancellationToken).ConfigureAwait(false);
        await CreateResourceAsync(_client, cancellationToken).ConfigureAwait(false);
        Deployment deployment = await DeployAsync(_client, model, cancellationToken).ConfigureAwait(false);
        ResourceKey key = await printer.StepAsync(
            "get key and endpoint", ResourceName, () => _client.Resources.GetKeysAsync(_resource!, deployment.Name, cancellationToken),
            found => found.Endpoint.ToString()).ConfigureAwait(false);
        await ChatAsync(key, deployment, context, cancellationToken).ConfigureAwait(false);
    }

    private Task<string> ChooseModelAsync(ManagementClient client, CancellationToken cancellationToken) => printer.StepAsync(
        "choose model", options.Location, async () =>
        {
            List<Model> models = [];
            await foreach (Model model in client.Models.ListAsync(options.Location, cancellationToken).ConfigureAwait(false))
                models.Add(model);
            return SmallChatModel.Choose(models)?.Name
                ?? throw Failure.Of(nameof(Messages.NoSmallChatModel), ErrorKind.NotAvailable, options.Location);
        }, name => $"{name}, the newest small chat model there");

    /// <summary>Before anything is made: a model that cannot be deployed here should cost nobody a resource.</summary>
    private Task<DeploymentCheck> CheckModelAsync(ManagementClient client, string model, CancellationToken cancellationToken) => printer.StepAsync(
        "check region and model", $"{model} in {options.Location}", async () =>
        {
            DeploymentCheck check = await new DeploymentPreflight(client).CheckAsync(
                new DeploymentCheckRequest { Location = options.Location, Model = model }, cancellationToken).ConfigureAwait(false);
            if (check.Passed)
                return check;
            DeploymentProblem first = check.Problems.First(problem => !problem.IsUnknown);
            throw new AzOpenAIException(first.Code, ErrorKind.NotAvailable, first.Message) { Suggestion = first.Suggestion };
        }, Describe);

    private async Task CreateResourceAsync(ManagementClient client, CancellationToken cancellationToken)
    {
        ResourceProvisioner provisioner = new(client);
        ResourceRequest request = new() { ResourceGroupName = GroupName, Name = ResourceName, Location = options.Location, CreateResourceGroup = true };
        ResourcePlan plan = await printer.StepAsync(
            "check resource", ResourceName, () => provisioner.PlanAsync(request, cancellationToken),
            found => string.Join(", then ", found.Steps.Select(step => $"{step.Action} {step.Target}"))).ConfigureAwait(false);
        _groupMade = true;
        _resource = await printer.StepAsync(
            "create resource", ResourceName, () => provisioner.ApplyAsync(plan, cancellationToken),
            made => $"{made.ProvisioningState}, {made.Endpoint}").ConfigureAwait(false);
    }

    private async Task<Deployment> DeployAsync(ManagementClient client, string model, CancellationToken cancellationToken)
    {
        DeploymentProvisioner provisioner = new(client);
        Deployment deployment = await printer.StepAsync(
            "deploy model", model, async () =>
            {
                DeploymentPlan plan = await provisioner.PlanAsync(new DeploymentRequest { Resource = _resource!, Model = model }, cancellationToken).ConfigureAwait(false);
                return await provisioner.ApplyAsync(plan, cancellationToken).ConfigureAwait(false);
            },
            made => string.Create(CultureInfo.InvariantCulture, $"deployment '{made.Name}', {made.Sku}, {made.TokensPerMinute:N0} tokens a minute")).ConfigureAwait(false);

        await printer.StepAsync(
            "wait for data plane", deployment.Name, () => DeploymentProbe.WaitAsync(deployment, client.Context, _service, cancellationToken)).ConfigureAwait(false);
        return deployment;
    }

    private static string Describe(DeploymentCheck check) => string.Create(
        CultureInfo.InvariantCulture, $"version {check.Version}, {check.Sku}, quota {check.QuotaFree:0} of {check.QuotaLimit:0} free, taking {check.Capacity}");

    private Task<ChatCompletion?> ChatAsync(ResourceKey key, Deployment deployment, Context context, CancellationToken cancellationToken) => printer.StepAsync(
        "stream chat answer", deployment.Name, async () =>
        {
            DataPlaneClient client = new(key.Connection, context.TokenSource, context.Environment, _service);
            ChatRequest request = new() { Deployment = deployment.Name, Messages = [new ChatMessage("user", Question)] };
            await printer.Output.WriteAsync("  > ").ConfigureAwait(false);
            ChatCompletion? answer = null;
            await foreach (ChatStreamEvent update in client.Chat.StreamAsync(request, cancellationToken).ConfigureAwait(false))
            {
                await printer.Output.WriteAsync(update.Text).ConfigureAwait(false);
                await printer.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
                answer = update.Completion ?? answer;
            }

            await printer.Output.WriteLineAsync().ConfigureAwait(false);
            return answer;
        }, answer => $"{answer?.Model}, {answer?.Usage?.TotalTokens} tokens");

    private async Task<int> CleanUpAsync(int exitCode)
    {
        if (!_groupMade || _client is null)
            return exitCode;
        if (options.Keep && exitCode == 0)
        {
            await printer.Output.WriteLineAsync(_client.Context.Environment.IsEmulator
                ? "Kept nothing: what is in the emulator ends with it."
                : $"Kept: resource group '{GroupName}'. Remove-AzOpenAIResource -ResourceGroupName {GroupName} -Name {ResourceName} -Purge removes what is in it.")
                .ConfigureAwait(false);
            return exitCode;
        }

        try
        {
            // Ctrl+C ends the run, never the clean-up: what was made would go on costing money.
            await RemoveAsync(_client).ConfigureAwait(false);
            return exitCode;
        }
        catch (AzOpenAIException exception)
        {
            Explain(exception);
            await printer.Output.WriteLineAsync($"Left behind: resource group '{GroupName}'.").ConfigureAwait(false);
            return 1;
        }
    }

    private async Task RemoveAsync(ManagementClient client)
    {
        Resource? resource = _resource ?? await client.Resources.FindAsync(GroupName, ResourceName, CancellationToken.None).ConfigureAwait(false);
        if (resource is not null)
        {
            ResourceProvisioner provisioner = new(client);
            await printer.StepAsync("remove and purge", ResourceName, async () =>
            {
                ResourceRemovalPlan plan = await provisioner.PlanRemovalAsync(resource, purge: true, CancellationToken.None).ConfigureAwait(false);
                await provisioner.ApplyRemovalAsync(plan, CancellationToken.None).ConfigureAwait(false);
            }).ConfigureAwait(false);
        }

        if (await client.ResourceGroups.ExistsAsync(GroupName, CancellationToken.None).ConfigureAwait(false))
            await printer.StepAsync("remove resource group", GroupName, () => client.ResourceGroups.DeleteAsync(GroupName, CancellationToken.None)).ConfigureAwait(false);
    }

    private void Explain(Exception exception)
    {
        if (exception is AzOpenAIException failure)
        {
            printer.Output.WriteLine($"{failure.ErrorId}: {failure.Message}");
            if (failure.Suggestion is not null)
                printer.Output.WriteLine($"  {failure.Suggestion}");
        }
        else
        {
            printer.Output.WriteLine("Cancelled.");
        }
    }
}
