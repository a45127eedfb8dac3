using System.Text;
using AzOpenAI.Core.DataPlane.Answers;

namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>What the events of a stream have said so far, as bytes: a <see cref="PlainChunk"/> says nothing else.</summary>
internal sealed class PlainChunkFacts
{
    private PlainChunkFacts()
    {
    }

    /// <summary>The answer's id.</summary>
    public byte[]? Id { get; private init; }

    /// <summary>The model that answers.</summary>
    public byte[]? Model { get; private init; }

    /// <summary>When the answer was begun, Unix seconds.</summary>
    public long Created { get; private init; }

    /// <summary>The configuration of the service that answers.</summary>
    public byte[]? Fingerprint { get; private init; }

    /// <summary>The tier that processes the request.</summary>
    public byte[]? ServiceTier { get; private init; }

    /// <summary>Categories of the filter in which it found nothing in the first choice.</summary>
    public List<byte[]> HarmlessCategories { get; } = [];

    /// <summary>The facts of an answer.</summary>
    public static PlainChunkFacts Of(string? id, string? model, DateTimeOffset? created, string? fingerprint, string? serviceTier, List<ContentFilterResult> filter)
    {
        PlainChunkFacts facts = new()
        {
            Id = Bytes(id),
            Model = Bytes(model),
            Created = created?.ToUnixTimeSeconds() ?? 0,
            Fingerprint = Bytes(fingerprint),
            ServiceTier = Bytes(serviceTier),
        };
        foreach (ContentFilterResult result in filter)
        {
            if (result.Index == 0 && result.Side == ContentFilterReader.Completion && ContentFilterReader.IsHarmless(result))
                facts.HarmlessCategories.Add(Encoding.UTF8.GetBytes(result.Category));
        }

        return facts;
    }

    private static byte[]? Bytes(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);
}
