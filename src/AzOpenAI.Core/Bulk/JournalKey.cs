using System.Buffers.Binary;
using System.Security.Cryptography;
using AzOpenAI.Core.DataPlane.Chat;

namespace AzOpenAI.Core.Bulk;

/// <summary>
/// The key of a response in a journal: the request, and its number among identical ones. The position among the other inputs isn't part of it, so that a
/// response is found again when inputs were added, removed or sorted.
/// </summary>
public readonly record struct JournalKey
{
    internal JournalKey(UInt128 request, int occurrence) => (Request, Occurrence) = (request, occurrence);

    /// <summary>Hash of the request.</summary>
    internal UInt128 Request { get; }

    /// <summary>0 for the first of identical requests.</summary>
    internal int Occurrence { get; }

    /// <summary>The hash of a request.</summary>
    internal static UInt128 Hash(ChatRequest request)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        // Always the same form: the name under which a limit is sent depends on earlier responses.
        SHA256.HashData(ChatRequestWriter.Write(request, withModel: true, ParameterFit.CompletionTokens, stream: false, withUsage: false).Span, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
