using System.Buffers.Binary;
using System.Security.Cryptography;
using AzOpenAI.Core.DataPlane.Chat;

namespace AzOpenAI.Core.Bulk;

/// <summary>
/// What an answer in a journal belongs to: the request, and which of those that are the same. The place among the other inputs is no part of it, so that an
/// answer is found again when inputs were added, removed or sorted.
/// </summary>
public readonly record struct JournalKey
{
    internal JournalKey(UInt128 request, int occurrence) => (Request, Occurrence) = (request, occurrence);

    /// <summary>Hash of all that is sent.</summary>
    internal UInt128 Request { get; }

    /// <summary>0 for the first of the requests that are the same.</summary>
    internal int Occurrence { get; }

    /// <summary>The hash of a request.</summary>
    internal static UInt128 Hash(ChatRequest request)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        // One form for all: under which name a limit is sent depends on what was learned on the way.
        SHA256.HashData(ChatRequestWriter.Write(request, withModel: true, ParameterFit.CompletionTokens, stream: false, withUsage: false).Span, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }
}
