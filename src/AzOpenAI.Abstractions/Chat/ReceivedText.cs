using System.Text;

namespace AzOpenAI;

/// <summary>
/// UTF-8 as received, made a string when somebody asks: nearly nobody does, and the string of a long stream is twice its size. Kept in pieces that stay
/// below the size from which the runtime collects arrays with everything else only.
/// </summary>
internal sealed class ReceivedText
{
    private const int PieceSize = 64 * 1024;

    private readonly List<ReadOnlyMemory<byte>> _pieces = [];
    private byte[] _piece = [];
    private int _used;
    private string? _text;

    /// <summary>An empty text, to add to.</summary>
    public ReceivedText()
    {
    }

    /// <summary>A text that came in one piece; the bytes are kept, not copied.</summary>
    public ReceivedText(ReadOnlyMemory<byte> text)
    {
        _pieces.Add(text);
        Length = text.Length;
    }

    /// <summary>Bytes.</summary>
    public long Length { get; private set; }

    /// <summary>Adds a copy of the bytes.</summary>
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

    /// <summary>This text with an end; what is added here later is not part of it.</summary>
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

    /// <summary>The text; bytes that are no UTF-8 become U+FFFD.</summary>
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

    // Doubling, as a list does: most streams are short.
    private void AddPiece(int wanted)
    {
        _piece = new byte[Math.Min(PieceSize, Math.Max(Math.Max(1024, wanted), (int)Math.Min(Length, PieceSize)))];
        _pieces.Add(_piece);
        _used = 0;
    }
}
