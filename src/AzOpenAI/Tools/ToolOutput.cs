using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace AzOpenAI.Tools;

/// <summary>
/// The output of a tool as text for a model, assembled as it arrives: strings unchanged, objects as compact JSON. Limited in length: of the rest, only the
/// number is kept.
/// </summary>
internal sealed class ToolOutput
{
    /// <summary>Maximum number of characters of a result.</summary>
    public const int MaxLength = 32768;

    private const string None = "(no output)";

    private readonly List<(string Text, bool IsText)> _items = [];
    private readonly List<string> _errors = [];
    private int _length;
    private int _dropped;
    private bool _isCut;

    /// <summary>True once there is an error.</summary>
    public bool HasErrors => _errors.Count > 0;

    /// <summary>The first error.</summary>
    public string FirstError => _errors[0];

    /// <summary>Adds an object of the output.</summary>
    public void Add(PSObject? item)
    {
        if (_length >= MaxLength)
        {
            _dropped++;
            return;
        }

        string? plain = item?.BaseObject as string;
        string text = plain ?? ToolJson.Write(item, MaxLength);
        if (_length + text.Length > MaxLength)
        {
            // A truncated value isn't valid JSON any more, so the rest is text.
            text = text[..(MaxLength - _length)];
            (plain, _isCut) = (text, true);
        }

        _length += text.Length + 1;
        _items.Add((text, plain is not null));
    }

    /// <summary>Adds an error.</summary>
    public void AddError(string message)
    {
        const int most = 10;
        if (_errors.Count < most)
            _errors.Add(message.Length > 1000 ? string.Concat(message.AsSpan(0, 999), "…") : message);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        StringBuilder text = new();
        if (_items.TrueForAll(static item => item.IsText) || _items.Count == 1)
            text.AppendJoin('\n', _items.Select(static item => item.Text));
        else
            text.Append('[').AppendJoin(',', _items.Select(static item => item.IsText ? ToolJson.Quote(item.Text) : item.Text)).Append(']');
        if (_dropped > 0 || _isCut)
            text.Append(CultureInfo.InvariantCulture, $"\n[The output was truncated to {MaxLength} characters{(_dropped > 0 ? $"; {_dropped} more objects were omitted" : "")}.]");
        foreach (string error in _errors)
            text.Append(text.Length > 0 ? "\n" : "").Append("Error: ").Append(error);
        // Half a surrogate pair, which truncating can leave, can't be sent.
        return text.Length == 0 ? None : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
