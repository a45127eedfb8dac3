using System.Buffers;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using AzOpenAI.Core.DataPlane.Transport;
using AzOpenAI.Core.Errors;

namespace AzOpenAI.Core.DataPlane.Embeddings;

/// <summary>Embeddings of texts.</summary>
public sealed class EmbeddingService
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly DataPlaneSession _session;

    internal EmbeddingService(DataPlaneSession session) => _session = session;

    /// <summary>Embeds the texts of one request in one call.</summary>
    /// <exception cref="AzOpenAIException">The service rejected the request, failed or couldn't be reached, or didn't return a vector for each text.</exception>
    public async Task<EmbeddingAnswer> EmbedAsync(EmbeddingRequest request, CancellationToken cancellationToken)
    {
        DataPlaneCall call = NewCall(request);
        try
        {
            return await SendAsync(call, request, base64: true, cancellationToken).ConfigureAwait(false);
        }
        catch (AzOpenAIException refusal) when (refusal.StatusCode == 400 && refusal.ServiceMessage?.Contains("encoding_format", StringComparison.Ordinal) == true)
        {
            // Old versions and some relays only support numbers.
            return await SendAsync(NewCall(request), request, base64: false, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Embeds the texts of a request, and halves the batch if the service rejects it until the invalid text is alone, so that
    /// one invalid text doesn't affect the others.
    /// </summary>
    /// <returns>One outcome per text, in order.</returns>
    /// <exception cref="AzOpenAIException">A failure that isn't caused by a single text. Results yielded before remain valid.</exception>
    public async IAsyncEnumerable<EmbeddingOutcome> EmbedEachAsync(EmbeddingRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RefusalCount refusals = new();
        Stack<(int Start, int Length)> parts = new([(0, request.Texts.Count)]);
        while (parts.TryPop(out (int Start, int Length) part))
        {
            EmbeddingRequest piece = part.Length == request.Texts.Count ? request : request with { Texts = [.. request.Texts.Skip(part.Start).Take(part.Length)] };
            EmbeddingAnswer? answer = null;
            AzOpenAIException? refusal = null;
            try
            {
                answer = await EmbedAsync(piece, cancellationToken).ConfigureAwait(false);
            }
            catch (AzOpenAIException exception) when (RefusalCount.IsOfOneText(exception))
            {
                refusal = exception;
            }

            if (answer is not null)
            {
                refusals.Forget();
                TokenShare shares = new(piece.Texts, answer.PromptTokens);
                for (int i = 0; i < part.Length; i++)
                    yield return new EmbeddingOutcome(part.Start + i) { Vector = answer.Vectors[i], PromptTokens = shares.Next(piece.Texts[i]), Answer = answer };
            }
            else if (part.Length == 1)
            {
                refusals.Add(refusal!);
                yield return new EmbeddingOutcome(part.Start) { Failure = refusal };
            }
            else
            {
                int half = part.Length / 2;
                parts.Push((part.Start + half, part.Length - half));
                parts.Push((part.Start, half));
            }
        }
    }

    private DataPlaneCall NewCall(EmbeddingRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Deployment))
            throw Failure.Of(nameof(Messages.DeploymentMissing), ErrorKind.InvalidInput, _session.Connection.Endpoint.Host);
        return new DataPlaneCall(_session, _session.Target("embeddings", request.Deployment), request.Deployment, retry: true);
    }

    private static async Task<EmbeddingAnswer> SendAsync(DataPlaneCall call, EmbeddingRequest request, bool base64, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> body = Write(call, request, base64);
        using PipelineResponse response = await DataPlaneSender.PostAsync(call, body, stream: false, cancellationToken).ConfigureAwait(false);
        ReadOnlyMemory<byte> answer = response.Content.ToMemory();
        int count = request.Texts.Count;
        AnswerFacts facts = call.Facts(response);
        if (EmbeddingReader.Read(answer.Span, count) is not var (vectors, model, tokens))
        {
            // A gateway may return 200 with an error.
            throw ServiceErrorBody.Parse(answer) is { } error
                ? ServiceFailure.FromSuccess(call, error, facts)
                : Invalid(call, facts, $"HTTP {response.Status} without embeddings in the body");
        }

        int missing = vectors.Count(static vector => vector is null);
        if (missing > 0)
            throw Invalid(call, facts, $"{missing} of {count} embeddings are missing or invalid");
        return new EmbeddingAnswer
        {
            Vectors = vectors!,
            Model = model,
            PromptTokens = tokens,
            RequestId = facts.RequestId,
            RateLimit = AnswerHeaders.RateLimit(response),
        };
    }

    private static ReadOnlyMemory<byte> Write(DataPlaneCall call, EmbeddingRequest request, bool base64)
    {
        ArrayBufferWriter<byte> buffer = new(1024);
        using Utf8JsonWriter json = new(buffer, WriterOptions);
        json.WriteStartObject();
        if (!call.Session.IsDated)
            json.WriteString("model"u8, request.Deployment);
        json.WriteStartArray("input"u8);
        foreach (string text in request.Texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
        if (base64)
            json.WriteString("encoding_format"u8, "base64"u8);
        if (request.Dimensions is { } dimensions)
            json.WriteNumber("dimensions"u8, dimensions);
        if (request.InputType is { } inputType)
            json.WriteString("input_type"u8, inputType);
        if (request.User is { } user)
            json.WriteString("user"u8, user);
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    private static AzOpenAIException Invalid(DataPlaneCall call, AnswerFacts facts, string what) =>
        Failure.Of(nameof(Messages.InvalidResponse), ErrorKind.InvalidResponse, facts, call.Target.Host, what);
}
