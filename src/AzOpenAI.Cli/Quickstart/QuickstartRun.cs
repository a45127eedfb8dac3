using System.Globalization;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Deployments;
using AzOpenAI.Core.Management.Models;
using AzOpenAI.Core.Management.Providers;
using AzOpenAI.Core.Management.Resources;
using AzOpenAI.Core.Sessions;

namespace AzOpenAI.Cli.Quickstart;

/// <summary>Runs the lifecycle step by step. Removes what it created, also after a failure, unless it is to be kept.</summary>
internal sealed class QuickstartRun(QuickstartOptions options, StepPrinter printer)
{
    private const string Question = "Say hello in one short sentence.";

    private readonly ServiceOptions _service = new();
    private readonly QuickstartNames _names = new();
    private readonly MadeResources _made = new();
    private ManagementClient? _client;
    private Resource? _resource;

    /// <summary>Runs it; returns 0 if every step succeeded and everything was removed, otherwise 1.</summary>
    public async Task<int> RunAsync(ConnectRequest connection, CancellationToken cancellationToken)
    {
        int exitCode = ExitCodes.Success;
        using CancellationTokenRegistration stopped = cancellationToken.Register(() => printer.Report.Error(
            _made.Ids.Count == 0
                ? "Stopping."
                : $"Stopping. Removing resource group '{_names.Group}' and resource '{_names.Resource}' first. Press Ctrl+C again to quit immediately without removing them."));
        try
        {
            await LifecycleAsync(connection, cancellationToken).ConfigureAwait(false);
        }
        catch (AzOpenAIException exception)
        {
            printer.Explain(exception);
            exitCode = ExitCodes.Failure;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            exitCode = ExitCodes.Failure;
        }
        catch
        {
            // Even a defect of ours must not cost money.
            await CleanUpAsync().ConfigureAwait(false);
            throw;
        }

        if (options.Keep && exitCode == ExitCodes.Success)
        {
            printer.Report.WriteLine(_client!.Context.Environment.IsEmulator
                ? "Nothing was kept: the emulator's data is discarded when it stops."
                : $"Kept resource group '{_names.Group}'. To remove its resource: {_names.RemoveCommand}.");
            return exitCode;
        }

        await CleanUpAsync().ConfigureAwait(false);
        return _made.Ids.Count == 0 ? exitCode : ExitCodes.Failure;
    }

    /// <summary>Reports what a process that ends immediately leaves behind.</summary>
    public void Abandon()
    {
        IReadOnlyList<string> left = _made.Ids;
        // Objects in the emulator end with this process.
        if (left.Count == 0 || _client is not { Context.Environment.IsEmulator: false })
            return;
        printer.Report.Error("Not removed:");
        foreach (string id in left)
            printer.Report.Error($"  {id}");
        printer.Report.Error($"To remove it: {_names.RemoveCommand}");
    }

    private async Task LifecycleAsync(ConnectRequest connection, CancellationToken cancellationToken)
    {
        Context context = await printer.StepAsync(
            "connect", connection.Environment.ToString(), () => ContextFactory.ConnectAsync(connection, _service, cancellationToken),
            found => $"subscription '{found.SubscriptionName}'").ConfigureAwait(false);
        _client = new ManagementClient(context, _service);
        // Models and quotas are only available to subscriptions that are registered for the service.
        if (!"Registered".Equals(await _client.Providers.GetStateAsync(cancellationToken).ConfigureAwait(false), StringComparison.OrdinalIgnoreCase))
            await printer.StepAsync("register provider", context.SubscriptionId, () => _client.Providers.RegisterAsync(cancellationToken)).ConfigureAwait(false);

        string model = options.Model ?? await ChooseModelAsync(_client, cancellationToken).ConfigureAwait(false);
        await CheckModelAsync(_client, model, cancellationToken).ConfigureAwait(false);
        await CreateResourceAsync(_client, cancellationToken).ConfigureAwait(false);
        Deployment deployment = await DeployAsync(_client, model, cancellationToken).ConfigureAwait(false);
        ResourceKey key = await printer.StepAsync(
            "get key and endpoint", _names.Resource, () => _client.Resources.GetKeysAsync(_resource!, deployment.Name, cancellationToken),
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
        }, name => $"{name}, the newest small chat model in the region");

    /// <summary>Checked before anything is created: if the model can't be deployed here, no resource is needed.</summary>
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
        ResourceRequest request = new() { ResourceGroupName = _names.Group, Name = _names.Resource, Location = options.Location, CreateResourceGroup = true };
        ResourcePlan plan = await printer.StepAsync(
            "check resource", _names.Resource, () => provisioner.PlanAsync(request, cancellationToken),
            found => string.Join(", then ", found.Steps.Select(step => $"{step.Action} {step.Target}"))).ConfigureAwait(false);
        _made.Add(_names.GroupId(client.SubscriptionId));
        _made.Add(_names.ResourceId(client.SubscriptionId));
        _resource = await printer.StepAsync(
            "create resource", _names.Resource, () => provisioner.ApplyAsync(plan, cancellationToken),
            made => $"{made.ProvisioningState}, {made.Endpoint}").ConfigureAwait(false);
    }

    private async Task<Deployment> DeployAsync(ManagementClient client, string model, CancellationToken cancellationToken)
    {
        DeploymentProvisioner provisioner = new(client);
        Deployment deployment = await printer.StepAsync(
            "deploy model", model, async () =>
            {
                DeploymentPlan plan = await provisioner.PlanAsync(new DeploymentRequest { Resource = _resource!, Model = model }, cancellationToken).ConfigureAwait(false);
                _made.Add($"{_names.ResourceId(client.SubscriptionId)}/deployments/{model}");
                return await provisioner.ApplyAsync(plan, cancellationToken).ConfigureAwait(false);
            },
            made => string.Create(CultureInfo.InvariantCulture, $"deployment '{made.Name}', {made.Sku}, {made.TokensPerMinute:N0} tokens per minute")).ConfigureAwait(false);

        await printer.StepAsync(
            "wait for data plane", deployment.Name, () => DeploymentProbe.WaitAsync(deployment, client.Context, _service, cancellationToken)).ConfigureAwait(false);
        return deployment;
    }

    private static string Describe(DeploymentCheck check) => string.Create(
        CultureInfo.InvariantCulture, $"version {check.Version}, {check.Sku}, {check.QuotaFree:0} of {check.QuotaLimit:0} quota available, using {check.Capacity}");

    private Task<ChatCompletion?> ChatAsync(ResourceKey key, Deployment deployment, Context context, CancellationToken cancellationToken) => printer.StepAsync(
        "stream chat answer", deployment.Name, async () =>
        {
            DataPlaneClient client = new(key.Connection, context.TokenSource, context.Environment, _service);
            ChatRequest request = new() { Deployment = deployment.Name, Messages = [new ChatMessage("user", Question)] };
            printer.Report.Write("  > ");
            ChatCompletion? answer = null;
            await foreach (ChatStreamEvent update in client.Chat.StreamAsync(request, cancellationToken).ConfigureAwait(false))
            {
                printer.Report.Write(update.Text ?? "");
                answer = update.Completion ?? answer;
            }

            printer.Report.WriteLine("");
            return answer;
        }, answer => $"{answer?.Model}, {answer?.Usage?.TotalTokens} tokens");

    private async Task CleanUpAsync()
    {
        if (_made.Ids.Count == 0 || _client is null)
            return;
        await new QuickstartCleanUp(_client, _names, options.Location, _made, printer).RunAsync().ConfigureAwait(false);
        Abandon();
    }
}
