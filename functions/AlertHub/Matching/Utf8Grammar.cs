using System.Text;
using AlertHub.Text;

namespace AlertHub.Matching;

/// <summary>
/// Matchers as Alertmanager reads them since 0.27: names and values are any characters but the reserved ones, or strings in
/// double quotes with Go's escapes; braces around the list are there or not, both; a comma may follow the last matcher.
/// </summary>
internal ref struct Utf8Grammar
{
    private const string ReservedMarks = "{}!=~,\\\"'`";

    private const int End = -1;

    private readonly ReadOnlySpan<char> text;
    private int at;
    private string? objection;

    private Utf8Grammar(ReadOnlySpan<char> text) => this.text = text;

    public static IReadOnlyList<Matcher>? Parse(string text, out string? objection)
    {
        var grammar = new Utf8Grammar(text);
        var matchers = grammar.List();
        objection = grammar.objection;
        return objection is null ? matchers : null;
    }

    /// <summary>What cannot stand in a name or a value without quotes.</summary>
    public static bool IsReserved(Rune rune) =>
        Rune.IsWhiteSpace(rune) || (rune.IsAscii && ReservedMarks.Contains((char)rune.Value));

    private List<Matcher> List()
    {
        var matchers = new List<Matcher>();
        var braced = Take('{');
        while (objection is null && Peek() is not ('}' or End))
        {
            if (One() is not { } matcher)
            {
                return matchers;
            }

            matchers.Add(matcher);
            if (!Take(',') && Peek() is not ('}' or End))
            {
                Refuse(
                    Peek() == '"'
                        ? "a double quote inside of a value is expected to be escaped (\\\"), or to have a partner before it"
                        : "a comma is expected"
                );
            }
        }

        if (objection is null && Take('}') != braced)
        {
            at -= braced ? 0 : 1;
            Refuse(braced ? "} is expected, to close the {" : "} closes nothing: no { stands at the beginning");
        }

        if (objection is null && Peek() != End)
        {
            Refuse("the end is expected");
        }

        return matchers;
    }

    private Matcher? One()
    {
        if (Word("a label name") is not { } name)
        {
            return null;
        }

        Skip();
        if (Operators.At(text[at..]) is not { } found)
        {
            Refuse($"=, !=, =~ or !~ is expected after \"{name}\"");
            return null;
        }

        at += found.Length;
        if (Peek() == '=')
        {
            Refuse($"\"=\" is expected once: write {name}{found.Operator.Text()}\"value\"");
            return null;
        }

        return Word("a value (\"\" for an empty one)") is { } value
            ? Matcher.Create(name, found.Operator, value, out objection)
            : null;
    }

    /// <summary>A quoted string or a run of what is not reserved.</summary>
    private string? Word(string expected)
    {
        Skip();
        var start = at;
        if (Peek() == '"')
        {
            return Quoted();
        }

        while (at < text.Length)
        {
            Rune.DecodeFromUtf16(text[at..], out var rune, out var length);
            if (IsReserved(rune))
            {
                break;
            }

            at += length;
        }

        if (at == start)
        {
            Refuse($"{expected} is expected");
            return null;
        }

        return text[start..at].ToString();
    }

    private string? Quoted()
    {
        var start = at++;
        while (at < text.Length && text[at] != '"')
        {
            at += text[at] == '\\' ? 2 : 1;
        }

        if (at >= text.Length)
        {
            at = start;
            Refuse("the double quote has no partner");
            return null;
        }

        at++;
        var literal = text[start..at].ToString();
        if (GoString.Unquote(literal, out var wrong, onlyUtf8: true) is not { } word)
        {
            at = start;
            Refuse(wrong ?? "the string cannot be read");
            return null;
        }

        return word;
    }

    private int Peek()
    {
        Skip();
        return at < text.Length ? text[at] : End;
    }

    private bool Take(char expected)
    {
        var there = Peek() == expected;
        at += there ? 1 : 0;
        return there;
    }

    private void Skip()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }
    }

    private void Refuse(string what)
    {
        // In other quotes where it holds double ones.
        var rest = at < text.Length ? text[at..Math.Min(text.Length, at + 20)] : default;
        var found =
            rest.IsEmpty ? "the end"
            : rest.Contains('"') ? $"'{rest}'"
            : $"\"{rest}\"";
        objection ??= $"{what}, at column {at + 1} of the matcher (at {found})";
    }
}
