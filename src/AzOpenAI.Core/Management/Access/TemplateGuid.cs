using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AzOpenAI.Core.Management.Access;

/// <summary>The guid() of Bicep and of Azure Resource Manager templates: a name-based UUID, version 5, of the arguments joined by hyphens.</summary>
internal static class TemplateGuid
{
    private static readonly Guid Namespace = new("11fb06fb-712d-4ddd-98c7-e71bbd588830");

    public static Guid Of(params ReadOnlySpan<string> arguments)
    {
        byte[] name = Encoding.UTF8.GetBytes(string.Join('-', arguments!));
        byte[] input = new byte[16 + name.Length];
        Namespace.TryWriteBytes(input, bigEndian: true, out _);
        name.CopyTo(input, 16);
#pragma warning disable CA5350 // UUID version 5 uses SHA-1, which doesn't protect anything here.
        Span<byte> hash = SHA1.HashData(input).AsSpan(0, 16);
#pragma warning restore CA5350
        BinaryPrimitives.WriteUInt16BigEndian(hash[6..], (ushort)((BinaryPrimitives.ReadUInt16BigEndian(hash[6..]) & 0x0FFF) | 0x5000));
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
