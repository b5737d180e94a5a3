using System.Text;

namespace AlertHub.Text.RegularExpressions;

/// <summary>What stands before and after a place; enough to judge every <see cref="Condition"/>.</summary>
internal readonly record struct Surroundings(Neighbour Before, Neighbour After)
{
    public bool Satisfy(Condition condition) =>
        condition switch
        {
            Condition.TextBegin => Before == Neighbour.Edge,
            Condition.TextEnd => After == Neighbour.Edge,
            Condition.LineBegin => Before is Neighbour.Edge or Neighbour.NewLine,
            Condition.LineEnd => After is Neighbour.Edge or Neighbour.NewLine,
            Condition.WordBoundary => (Before == Neighbour.Word) != (After == Neighbour.Word),
            _ => (Before == Neighbour.Word) == (After == Neighbour.Word),
        };
}

/// <summary>What the conditions ask of a character.</summary>
internal enum Neighbour
{
    /// <summary>The text begins or ends here.</summary>
    Edge,
    NewLine,
    Word,
    Other,
}

internal static class Neighbours
{
    public static Neighbour Of(int rune) =>
        rune == '\n' ? Neighbour.NewLine
        : RuneSet.Word.Contains(rune) ? Neighbour.Word
        : Neighbour.Other;

    /// <summary>The character at a place of a text, and its length there; half a surrogate pair is U+FFFD.</summary>
    public static int RuneAt(ReadOnlySpan<char> text, int at, out int length)
    {
        if (!char.IsSurrogate(text[at]))
        {
            length = 1;
            return text[at];
        }

        Rune.DecodeFromUtf16(text[at..], out var rune, out length);
        return rune.Value;
    }
}
