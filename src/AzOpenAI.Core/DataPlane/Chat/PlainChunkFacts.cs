using System.Text;
using AzOpenAI.Core.DataPlane.Answers;

namespace AzOpenAI.Core.DataPlane.Chat;

/// <summary>The values that the events of a stream have had so far, as bytes: a <see cref="PlainChunk"/> has no others.</summary>
internal sealed class PlainChunkFacts
{
    private PlainChunkFacts()
    {
    }

    /// <summary>The response's ID.</summary>
    public byte[]? Id { get; private init; }

    /// <summary>The model that responds.</summary>
    public byte[]? Model { get; private init; }

    /// <summary>When the response was started, in Unix seconds.</summary>
    public long Created { get; private init; }

    /// <summary>The system fingerprint of the service.</summary>
    public byte[]? Fingerprint { get; private init; }

    /// <summary>The tier that processes the request.</summary>
    public byte[]? ServiceTier { get; private init; }

    /// <summary>Categories in which the filter found nothing in the first choice.</summary>
    public List<byte[]> HarmlessCategories { get; } = [];

    /// <summary>Creates the facts of a response.</summary>
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
