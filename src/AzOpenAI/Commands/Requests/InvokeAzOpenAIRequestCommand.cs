using System.Collections;
using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.DataPlane.Requests;
using AzOpenAI.Core.Errors;
using AzOpenAI.Core.Http;
using AzOpenAI.Core.Management.Arm;
using AzOpenAI.Core.Management.Requests;
using AzOpenAI.Files;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>Invoke-AzOpenAIRequest. The output is in the file Output.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "AzOpenAIRequest", SupportsShouldProcess = true)]
[OutputType(typeof(PSObject), typeof(ServiceResponse), typeof(string))]
public sealed partial class InvokeAzOpenAIRequestCommand : DataPlaneCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("Uri")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    [Parameter]
    [ValidateSet("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")]
    public string? Method { get; set; }

    [Parameter]
    [ValidateNotNull]
    public object? Body { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? InFile { get; set; }

    [Parameter]
    [ValidateNotNull]
    public IDictionary? Form { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ContentType { get; set; }

    [Parameter]
    [ValidateNotNull]
    public IDictionary? Query { get; set; }

    [Parameter]
    [Alias("Headers")]
    [ValidateNotNull]
    public IDictionary? Header { get; set; }

    [Parameter]
    public SwitchParameter All { get; set; }

    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>The context instead of the session's, for Azure Resource Manager.</summary>
    [Parameter]
    public Context? Context { get; set; }

    private bool IsManagement => RequestOperations.IsOf(Path, ((Context ?? Session.Context)?.Environment ?? CloudEnvironment.AzureCloud).ManagementEndpoint);

    /// <inheritdoc/>
    private protected override bool NeedsConnection => !IsManagement;

    // The token for Azure Resource Manager may come from a program that blocks.
    private protected override bool StartsOnPipelineThread => !IsManagement && base.StartsOnPipelineThread;

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        ErrorTarget = ShownText.Path(Path);
        object? body = Body;
        if ((MyInvocation.ExpectingInput || IsBound(nameof(InputObject))) && !TakeConnection(InputObject))
        {
            if (body is not null || Form is not null || InFile is not null)
                throw Failure.Of(nameof(Messages.ParameterConflict), ErrorKind.InvalidInput, Body is not null ? "-Body" : Form is not null ? "-Form" : "-InFile", "a body from the pipeline");
            body = InputObject;
        }

        string method = Method?.ToUpperInvariant() ?? (body is null && Form is null && InFile is null ? "GET" : "POST");
        RefuseConflicts(method, body);
        string? file = OutFile is null ? null : await ResponseFile.ResolveAsync(OutFile, this).ConfigureAwait(false);
        if (IsManagement)
            await ManageAsync(method, body, file, cancellationToken).ConfigureAwait(false);
        else
            await CallAsync(method, body, file, cancellationToken).ConfigureAwait(false);
    }

    private async Task CallAsync(string method, object? body, string? file, CancellationToken cancellationToken)
    {
        (DataPlaneClient client, string? deployment) = FindClient();
        ErrorTarget = ShownText.Path(Path);
        bool namesModel = client.Connection.Kind is ConnectionKind.AzureV1 or ConnectionKind.OpenAI && RequestService.CallsModel(Path);
        RawRequest request = await CreateAsync(method, body, namesModel ? deployment : null, cancellationToken).ConfigureAwait(false) with { Deployment = deployment };
        if (!await MayAsync(method, client.Connection.Endpoint.Host).ConfigureAwait(false))
            return;
        if (All)
        {
            await WriteItemsAsync(client.Requests.ListAsync(request, cancellationToken)).ConfigureAwait(false);
            return;
        }

        using RawResponse response = await client.Requests.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await EmitAsync(response, file, cancellationToken).ConfigureAwait(false);
    }

    private async Task ManageAsync(string method, object? body, string? file, CancellationToken cancellationToken)
    {
        if (Form is not null)
            throw Failure.Of(nameof(Messages.ParameterConflict), ErrorKind.InvalidInput, "-Form", "an Azure Resource Manager path");
        Context context = await SessionContext.GetAsync(Session, Context, null, CreateOptions(), cancellationToken).ConfigureAwait(false);
        ManagementClient client = new(context, CreateOptions() with { NetworkTimeout = TimeSpan.FromSeconds(TimeoutSec) });
        RawRequest request = await CreateAsync(method, body, null, cancellationToken).ConfigureAwait(false) with { ApiVersion = ApiVersion };
        if (!await MayAsync(method, client.Context.Environment.ManagementEndpoint.Host).ConfigureAwait(false))
            return;
        if (All)
        {
            await WriteItemsAsync(client.Requests.ListAsync(request, cancellationToken)).ConfigureAwait(false);
            return;
        }

        using RawResponse response = await client.Requests.SendAsync(request, Wait, cancellationToken).ConfigureAwait(false);
        await EmitAsync(response, file, cancellationToken).ConfigureAwait(false);
    }

    private async Task<RawRequest> CreateAsync(string method, object? body, string? model, CancellationToken cancellationToken) => new()
    {
        Method = method,
        Path = Path,
        Query = Query?.Cast<DictionaryEntry>().ToDictionary(static pair => Text(pair.Key), static pair => Text(pair.Value)) ?? [],
        Headers = Header?.Cast<DictionaryEntry>().ToDictionary(static pair => Text(pair.Key), static pair => HeaderValue(pair.Value)) ?? [],
        Body = body is not null ? RequestBody.Of(body, ContentType, model)
            : InFile is not null ? await RequestBody.OfFileAsync(InFile, ContentType, this, cancellationToken).ConfigureAwait(false)
            : Form is not null ? await RequestBody.OfFormAsync(Form, this, cancellationToken).ConfigureAwait(false)
            : null,
    };

    private void RefuseConflicts(string method, object? body)
    {
        string? source = body is not null ? "-Body" : InFile is not null ? "-InFile" : Form is not null ? "-Form" : null;
        bool reads = method is "GET" or "HEAD";
        (string, string)? conflict = new object?[] { body, InFile, Form }.Count(static given => given is not null) > 1 ? (source!, InFile is not null && body is not null ? "-InFile" : "-Form")
            : source is not null && reads ? (source, $"-Method {method}")
            : All && !reads ? ("-All", $"-Method {method}")
            : All && OutFile is not null ? ("-All", "-OutFile")
            : All && IncludeHeader ? ("-All", "-IncludeHeader")
            : Wait && !IsManagement ? ("-Wait", "a data-plane path")
            : null;
        if (conflict is var (one, other))
            throw Failure.Of(nameof(Messages.ParameterConflict), ErrorKind.InvalidInput, one, other);
    }

    private async Task<bool> MayAsync(string method, string host) =>
        method is "GET" or "HEAD" || await ShouldProcessAsync($"{ShownText.Path(Path)} at {host}", method).ConfigureAwait(false);

    private static string Text(object? value) => value switch
    {
        null => "",
        bool truth => truth ? "true" : "false",
        _ => LanguagePrimitives.ConvertTo<string>(value),
    };

    private static object HeaderValue(object? value) => value is PSObject wrapped ? HeaderValue(wrapped.BaseObject) : value as System.Security.SecureString ?? (object)Text(value);
}
