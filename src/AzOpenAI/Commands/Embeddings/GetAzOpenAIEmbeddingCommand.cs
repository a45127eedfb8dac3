using System.Management.Automation;
using AzOpenAI.Cmdlets;
using AzOpenAI.Core.DataPlane;
using AzOpenAI.Core.DataPlane.Embeddings;
using AzOpenAI.Core.Http;

namespace AzOpenAI.Commands;

/// <summary>Get-AzOpenAIEmbedding. Reading texts from the input is in the file Input.</summary>
[Cmdlet(VerbsCommon.Get, "AzOpenAIEmbedding")]
[OutputType(typeof(TextEmbedding))]
public sealed partial class GetAzOpenAIEmbeddingCommand : DataPlaneCmdlet
{
    // The first response reports the deployment's limit: until then a batch is small enough for almost any.
    private const int FirstBatchSize = 16;
    private const int FirstBatchTokens = 5000;

    private readonly Queue<EmbeddingBatch> _full = new();
    private EmbeddingBatch _open = new();
    private int _sizeLimit;
    private long _tokenLimit;
    private int _done;

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Dimensions { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? InputType { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? User { get; set; }

    [Parameter]
    [ValidateRange(1, EmbeddingRequest.MaxTexts)]
    public int BatchSize { get; set; } = 256;

    [Parameter]
    [ValidateRange(1, 1_000_000)]
    public int BatchTokens { get; set; } = 100_000;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _sizeLimit = Math.Min(BatchSize, FirstBatchSize);
        _tokenLimit = Math.Min(BatchTokens, FirstBatchTokens);
        base.BeginProcessing();
    }

    /// <summary>Most records only add to a batch: they are done before other work would have started.</summary>
    protected override void ProcessRecord()
    {
        Take();
        Send();
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        Close();
        Send();
    }

    /// <inheritdoc/>
    protected override async Task ProcessAsync(CancellationToken cancellationToken)
    {
        while (_full.TryDequeue(out EmbeddingBatch? batch))
            await SendAsync(batch, cancellationToken).ConfigureAwait(false);
    }

    private void Send()
    {
        if (_full.Count > 0)
            base.ProcessRecord();
    }

    private async Task SendAsync(EmbeddingBatch batch, CancellationToken cancellationToken)
    {
        if (_done > 0)
            Reporter.Progress(new OperationProgress("Embedding texts", $"{_done} completed, {batch.Texts.Count} in progress"));
        List<TextEmbedding> made = new(batch.Texts.Count);
        int next = 0;
        try
        {
            (DataPlaneClient client, string deployment) = GetClient();
            EmbeddingRequest request = new()
            {
                Texts = batch.Texts,
                Deployment = deployment,
                Dimensions = IsBound(nameof(Dimensions)) ? Dimensions : null,
                InputType = InputType,
                User = User,
            };
            await foreach (EmbeddingOutcome outcome in client.Embeddings.EmbedEachAsync(request, cancellationToken).ConfigureAwait(false))
            {
                next = outcome.Position + 1;
                if (outcome.Failure is { } refusal)
                {
                    await WriteMadeAsync(made).ConfigureAwait(false);
                    ErrorTarget = batch.Input(outcome.Position);
                    await WriteErrorAsync(CreateErrorRecord(refusal)).ConfigureAwait(false);
                    continue;
                }

                made.Add(Create(outcome, batch, deployment));
                LearnLimit(outcome.Answer!);
            }

            await WriteMadeAsync(made).ConfigureAwait(false);
        }
        catch (AzOpenAIException failure)
        {
            // Earlier results remain valid; the error lists the remaining inputs.
            await WriteMadeAsync(made).ConfigureAwait(false);
            ErrorTarget = batch.InputsFrom(next);
            await WriteErrorAsync(CreateErrorRecord(failure)).ConfigureAwait(false);
        }

        _sizeLimit = BatchSize;
    }

    private static TextEmbedding Create(EmbeddingOutcome outcome, EmbeddingBatch batch, string deployment) => new()
    {
        Index = batch.Position(outcome.Position),
        Text = batch.Texts[outcome.Position],
        Input = batch.Input(outcome.Position),
        Embedding = outcome.Vector!,
        Model = outcome.Answer!.Model,
        Deployment = deployment,
        PromptTokens = outcome.PromptTokens,
        RequestId = outcome.Answer.RequestId,
    };

    // One switch to the pipeline thread for many objects; each is written as one object, so that vectors aren't enumerated.
    private async Task WriteMadeAsync(List<TextEmbedding> made)
    {
        if (made.Count == 0)
            return;
        _done += made.Count;
        await WriteAsync(made.ToArray(), enumerate: true).ConfigureAwait(false);
        made.Clear();
    }

    // A batch that exceeds the deployment's limit per minute would never be accepted.
    private void LearnLimit(EmbeddingAnswer answer)
    {
        _tokenLimit = answer.RateLimit?.LimitTokens is > 0 and long limit ? Math.Min(BatchTokens, limit) : BatchTokens;
    }
}
