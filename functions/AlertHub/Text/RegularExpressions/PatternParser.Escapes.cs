using System.Buffers;
using System.Globalization;

namespace AlertHub.Text.RegularExpressions;

/// <summary>What begins with a backslash.</summary>
internal sealed partial class PatternParser
{
    private static readonly SearchValues<char> HexadecimalDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private void Backslash()
    {
        var next = at + 1 < text.Length ? text[at + 1] : '\0';
        switch (next)
        {
            case 'A':
                Place(Condition.TextBegin, 2);
                break;
            case 'z':
                Place(Condition.TextEnd, 2);
                break;
            case 'b':
                Place(Condition.WordBoundary, 2);
                break;
            case 'B':
                Place(Condition.NoWordBoundary, 2);
                break;
            case 'Q':
                Quoted();
                break;
            default:
                if (NamedSet() is { } set)
                {
                    Add(set);
                }
                else if (objection is null && Escape() is { } rune)
                {
                    Literal(rune);
                }

                break;
        }
    }

    private void Quoted()
    {
        at += 2;
        var end = text.IndexOf("\\E", at, StringComparison.Ordinal);
        var stop = end < 0 ? text.Length : end;
        while (at < stop)
        {
            Literal(Rune());
        }

        at = end < 0 ? text.Length : end + 2;
    }

    /// <summary><c>\d</c>, <c>\pN</c>, <c>\p{Greek}</c> and their opposites; null where something else stands here.</summary>
    private RuneSet? NamedSet()
    {
        var next = at + 1 < text.Length ? text[at + 1] : '\0';
        var perl = next switch
        {
            'd' or 'D' => RuneSet.Digit,
            's' or 'S' => RuneSet.Space,
            'w' or 'W' => RuneSet.Word,
            _ => null,
        };
        if (perl is not null)
        {
            at += 2;
            return Signed(perl, char.IsAsciiLetterUpper(next));
        }

        return next is 'p' or 'P' ? Property(next == 'P') : null;
    }

    private RuneSet? Property(bool negated)
    {
        var start = at;
        at += 2;
        if (at >= text.Length)
        {
            Refuse("a class of characters is to follow, as in \\pL or \\p{Greek}", start, text.Length);
            return null;
        }

        string name;
        if (text[at] == '{')
        {
            var end = text.IndexOf('}', at);
            name = end < 0 ? "" : text[(at + 1)..end];
            at = end < 0 ? text.Length : end + 1;
        }
        else
        {
            var from = at;
            Rune();
            name = text[from..at];
        }

        var opposite = name.StartsWith('^');
        if (UnicodeSets.Named(opposite ? name[1..] : name) is not { } set)
        {
            Refuse("there is no such class of characters", start, at);
            return null;
        }

        return Signed(set, negated != opposite);
    }

    /// <summary>Case is folded before a class is turned round: <c>(?i)\P{Lu}</c> has neither A nor a.</summary>
    private RuneSet Signed(RuneSet set, bool negated)
    {
        var folded = flags.HasFlag(Flags.FoldCase) ? set.FoldCase() : set;
        return negated ? folded.Negate() : folded;
    }

    /// <summary>An escape that stands for one character.</summary>
    private int? Escape()
    {
        var start = at++;
        if (at >= text.Length)
        {
            Refuse("a backslash at the end stands before nothing", start, at);
            return null;
        }

        var kind = Rune();
        switch (kind)
        {
            case >= '1' and <= '7' when at >= text.Length || text[at] is < '0' or > '7':
                Refuse("RE2 has no references back to groups", start, at);
                return null;
            case >= '0' and <= '7':
                var octal = kind - '0';
                for (var more = 0; more < 2 && at < text.Length && text[at] is >= '0' and <= '7'; more++)
                {
                    octal = (octal * 8) + (text[at++] - '0');
                }

                return octal;
            case 'x':
                return Hexadecimal(start);
            case 'a':
                return '\a';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'v':
                return '\v';
            case < 0x80 when !char.IsAsciiLetterOrDigit((char)kind):
                return kind;
            default:
                Refuse("RE2 has no such escape", start, at);
                return null;
        }
    }

    private int? Hexadecimal(int start)
    {
        var braced = at < text.Length && text[at] == '{';
        var from = braced ? at + 1 : at;
        var end = braced ? text.IndexOf('}', from) : Math.Min(from + 2, text.Length);
        var digits = end < 0 ? [] : text.AsSpan(from, end - from);
        if (
            digits.Length < (braced ? 1 : 2)
            || digits.IndexOfAnyExcept(HexadecimalDigits) >= 0
            || digits.TrimStart('0') is { Length: > 6 }
            || int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) is var rune
                && rune > RuneSet.LastRune
        )
        {
            Refuse("a character is \\x41 or \\x{10FFFF}", start, Math.Min(text.Length, from + 8));
            return null;
        }

        at = braced ? end + 1 : end;
        return rune;
    }
}
