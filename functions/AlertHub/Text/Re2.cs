using System.Text;
using AlertHub.Text.RegularExpressions;

namespace AlertHub.Text;

/// <summary>
/// A regular expression with RE2's syntax and meaning, as Go has them: characters are code points, <c>\d \s \w \b</c> are
/// ASCII, <c>$</c> is the end of the text. A match takes time linear in the text.
/// </summary>
public sealed class Re2
{
    private readonly Pattern pattern;
    private readonly HashSet<string>? texts;
    private readonly Lazy<Automaton> automaton;
    private readonly Lazy<Search> search;

    private Re2(Pattern pattern)
    {
        this.pattern = pattern;
        texts = pattern.Whole is { } inner ? FiniteTexts.Of(inner) : null;

        // Made when first asked: of a thousand routes most are not, because another condition has decided.
        var instructions = new Lazy<Instructions>(() => new(pattern.Tree));
        automaton = new(() => new(instructions.Value, pattern.IsAnchored));
        search = new(() => new(instructions.Value, pattern.Groups));
    }

    /// <summary>
    /// The texts that match, where the expression is a list of them such as <c>a|b|c</c> or <c>5[0-9]x</c> and stands for
    /// the whole; else null.
    /// </summary>
    public IReadOnlyCollection<string>? Literals => texts;

    /// <summary>An expression that must match the whole of a text, or null and what is wrong with it.</summary>
    public static Re2? Whole(string pattern, out string? objection) => Parse(pattern, whole: true, out objection);

    /// <summary>An expression that matches anywhere in a text, or null and what is wrong with it.</summary>
    public static Re2? Search(string pattern, out string? objection) => Parse(pattern, whole: false, out objection);

    /// <summary>How many instructions it is made of, about.</summary>
    internal int Size => (int)pattern.Tree.Size;

    /// <summary>
    /// What reading so many characters costs, in the steps of a template: one for each 4 characters, and as many times that
    /// as the expression has 64 instructions, all of which one character may go through.
    /// </summary>
    internal int Cost(int characters) =>
        (int)Math.Min(int.MaxValue / 2, (1 + ((long)characters / 4)) * (1 + (Size / 64)));

    public bool IsMatch(string text) => texts?.Contains(text) ?? automaton.Value.IsMatch(text);

    /// <summary>
    /// The text with every match replaced. In the replacement <c>$1</c>, <c>${name}</c> and <c>$name</c> stand for what a
    /// group took, <c>$$</c> for a dollar (Go's Regexp.ReplaceAllString). Each match is found in linear time.
    /// </summary>
    public string ReplaceAll(string text, string replacement) =>
        ReplaceAll(text, replacement, int.MaxValue, static _ => true) ?? text;

    /// <summary>
    /// The same; null where the result is longer than <paramref name="most"/>, or where <paramref name="mayRead"/>, which is
    /// told how many characters were read for each match, answers false: what is read for one match may be read again for
    /// the next, so that all of them can take a time that is quadratic in the text.
    /// </summary>
    internal string? ReplaceAll(string text, string replacement, int most, Func<int, bool> mayRead)
    {
        if (!mayRead(text.Length))
        {
            return null;
        }

        if (!automaton.Value.IsMatch(text))
        {
            return text;
        }

        var insert = new Replacement(replacement, pattern.Names);
        var result = new StringBuilder();
        var (done, from) = (0, 0);
        while (from <= text.Length && search.Value.From(text, from, out var read) is { } marks)
        {
            if (result.Length > most || !mayRead(read))
            {
                return null;
            }

            var (begin, end) = (marks[0], marks[1]);
            result.Append(text, done, begin - done);

            // An empty match directly behind another match is none.
            if (end > done || begin == 0)
            {
                insert.Append(result, text, marks, most);
            }

            done = end;
            var step = from < text.Length ? LengthAt(text, from) : 1;
            from = Math.Max(from + step, end);
        }

        return result.Append(text, done, text.Length - done).Length <= most ? result.ToString() : null;
    }

    private static int LengthAt(string text, int at)
    {
        Neighbours.RuneAt(text, at, out var length);
        return length;
    }

    private static Re2? Parse(string text, bool whole, out string? objection)
    {
        var pattern = PatternParser.Parse(text, whole, out objection);
        if (pattern is { Tree.Size: > Instructions.Most })
        {
            objection = $"its repetitions make it too large (above {Instructions.Most} steps)";
        }

        if (pattern is null || objection is not null)
        {
            objection = $"the regular expression \"{text}\" cannot be read: {objection}";
            return null;
        }

        return new(pattern);
    }
}
