using System.Text;

namespace AzOpenAI;

/// <summary>
/// UTF-8 as received, converted to a string on demand: it rarely is, and the string of a long stream is twice its size. Kept in chunks
/// below the size of the large object heap.
/// </summary>
internal sealed class ReceivedText
{
    private const int PieceSize = 64 * 1024;

    private readonly List<ReadOnlyMemory<byte>> _pieces = [];
    private byte[] _piece = [];
    private int _used;
    private string? _text;

    /// <summary>Creates an empty text to append to.</summary>
    public ReceivedText()
    {
    }

    /// <summary>Creates a text from its bytes, which aren't copied.</summary>
    public ReceivedText(ReadOnlyMemory<byte> text)
    {
        _pieces.Add(text);
        Length = text.Length;
    }

    /// <summary>Length in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Appends a copy of the bytes.</summary>
    public void Add(ReadOnlySpan<byte> text)
    {
        Length += text.Length;
        _text = null;
        while (text.Length > 0)
        {
            if (_used == _piece.Length)
                AddPiece(text.Length);
            int count = Math.Min(text.Length, _piece.Length - _used);
            text[..count].CopyTo(_piece.AsSpan(_used));
            _used += count;
            text = text[count..];
        }
    }

    /// <summary>Returns this text followed by an ending; later additions aren't part of it.</summary>
    public ReceivedText With(ReadOnlySpan<byte> end)
    {
        ReceivedText text = new();
        if (_piece.Length > 0)
        {
            text._pieces.AddRange(_pieces[..^1]);
            text.Length = Length - _used;
            text.Add(_piece.AsSpan(0, _used));
        }

        text.Add(end);
        return text;
    }

    /// <summary>The text; bytes that aren't UTF-8 become U+FFFD.</summary>
    public override string ToString()
    {
        if (_text is not null)
            return _text;
        if (_pieces.Count == 1 && _piece.Length == 0)
            return _text = Encoding.UTF8.GetString(_pieces[0].Span);
        byte[] whole = new byte[Length];
        int at = 0;
        foreach (ReadOnlyMemory<byte> piece in _pieces)
        {
            int count = Math.Min(piece.Length, whole.Length - at);
            piece.Span[..count].CopyTo(whole.AsSpan(at));
            at += count;
        }

        return _text = Encoding.UTF8.GetString(whole);
    }

    // Doubled like a list, because most streams are short.
    private void AddPiece(int wanted)
    {
        _piece = new byte[Math.Min(PieceSize, Math.Max(Math.Max(1024, wanted), (int)Math.Min(Length, PieceSize)))];
        _pieces.Add(_piece);
        _used = 0;
    }
}
