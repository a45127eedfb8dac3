namespace AzOpenAI.Terminal;

/// <summary>A key as sent by the terminal. Independent of the engine.</summary>
/// <param name="Character">The character, which may be a control character; NUL for a key without one.</param>
/// <param name="Code">Virtual key code, for keys without a character.</param>
/// <param name="Alt">With Alt.</param>
/// <param name="Control">With Ctrl.</param>
/// <param name="IsPasted">More input followed immediately, faster than typing, so a line break in between is part of the text.</param>
internal readonly record struct TerminalKey(char Character, int Code, bool Alt = false, bool Control = false, bool IsPasted = false)
{
    public const int Left = 37;
    public const int Up = 38;
    public const int Right = 39;
    public const int Down = 40;
    public const int Home = 36;
    public const int End = 35;
    public const int Delete = 46;

    /// <summary>Ctrl+C, which the terminal passes on as a key.</summary>
    public bool IsInterrupt => Character == '\u0003';

    /// <summary>Enter.</summary>
    public bool IsEnter => Character is '\r' or '\n';
}
