using System.Management.Automation;
using AzOpenAI.Completers;
using AzOpenAI.Core.Authentication;
using AzOpenAI.Core.CodeSamples;
using AzOpenAI.Core.Errors;
using AzOpenAI.Errors;
using AzOpenAI.Parameters;
using AzOpenAI.Sessions;

namespace AzOpenAI.Commands;

/// <summary>Get-AzOpenAICodeSample. Makes no calls and reads no secrets.</summary>
[Cmdlet(VerbsCommon.Get, "AzOpenAICodeSample")]
[OutputType(typeof(string))]
public sealed class GetAzOpenAICodeSampleCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    public CodeLanguage[] Language { get; set; } = [CodeLanguage.Curl];

    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    public string? Message { get; set; }

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(ConnectionCompleter))]
    public ConnectionIdentity? Connection { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(DeploymentCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Deployment { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ApiVersion { get; set; }

    [Parameter]
    public CodeSampleKind Kind { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? System { get; set; }

    [Parameter]
    public SwitchParameter Stream { get; set; }

    [Parameter]
    [ValidateRange(0.0, 2.0)]
    public double Temperature { get; set; }

    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double TopP { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxTokens { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ReasoningEffort { get; set; }

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Dimensions { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        object? target = InputObject?.BaseObject;
        try
        {
            if (InputObject is not null)
                ConnectionIdentity.RefuseDeserialized(InputObject);
            RefuseConflicts();
            CodeSampleRequest request = CreateRequest(InputObject?.BaseObject as IConnectionSource);
            foreach (CodeLanguage language in Language)
                WriteObject(CodeSampleWriter.Write(request, language).TrimEnd('\n'));
        }
        catch (AzOpenAIException e)
        {
            WriteError(ErrorRecords.From(e, target));
        }
    }

    private CodeSampleRequest CreateRequest(IConnectionSource? piped)
    {
        Session session = Session.Current;
        Connection connection = ConnectionResolver.Resolve(session, piped ?? Connection?.Resolve(session), null, null, false, ApiVersion);
        // The context of an emulator doesn't know Azure's clouds.
        CloudEnvironment cloud = session.Context?.Environment is { } environment && environment.ManagementEndpoint.IsLoopback == connection.Endpoint.IsLoopback
            ? environment
            : CloudSelection.OfEndpoint(connection.Endpoint);
        bool dated = connection.Kind is ConnectionKind.AzureDated or ConnectionKind.ApiManagement;
        return new CodeSampleRequest
        {
            Connection = connection,
            Deployment = Deployment ?? connection.Deployment ?? (connection.Kind == ConnectionKind.OpenAI ? null : session.DefaultDeployment)
                ?? throw Failure.Of(nameof(Messages.DeploymentMissing), ErrorKind.InvalidInput, connection.Name ?? connection.Endpoint.ToString()),
            Scope = connection.Scope ?? (dated ? cloud.DataPlaneScope : cloud.DataPlaneV1Scope),
            Kind = Kind,
            Message = Message ?? (InputObject is not null && piped is null ? ChatText.Of(InputObject) : "Hello"),
            System = System,
            Stream = Stream,
            Temperature = IsBound(nameof(Temperature)) ? Temperature : null,
            TopP = IsBound(nameof(TopP)) ? TopP : null,
            MaxTokens = IsBound(nameof(MaxTokens)) ? MaxTokens : null,
            ReasoningEffort = ReasoningEffort,
            Dimensions = IsBound(nameof(Dimensions)) ? Dimensions : null,
        };
    }

    private void RefuseConflicts()
    {
        string[] foreign = Kind == CodeSampleKind.Chat
            ? [nameof(Dimensions)]
            : [nameof(System), nameof(Stream), nameof(Temperature), nameof(TopP), nameof(MaxTokens), nameof(ReasoningEffort)];
        if (Array.Find(foreign, IsBound) is { } parameter)
            throw Failure.Of(nameof(Messages.ParameterConflict), ErrorKind.InvalidInput, $"-{parameter}", $"-Kind {Kind}");
    }

    private bool IsBound(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);
}
