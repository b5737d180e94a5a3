using System.Text;

namespace AlertHub.Matching;

/// <summary>Which grammar matchers are written in (Alertmanager's feature flags).</summary>
public enum MatcherMode
{
    /// <summary>The UTF-8 grammar, and where that fails or means something else the classic one, with a warning.</summary>
    Fallback,

    /// <summary>Only the classic grammar, as before Alertmanager 0.27.</summary>
    Classic,

    /// <summary>Only the UTF-8 grammar.</summary>
    Utf8Strict,
}

/// <summary>
/// Matchers as text, one (<c>severity=~"page|warn"</c>) or a list (<c>{team="ops", env!=test}</c>).
/// </summary>
public static class MatcherSyntax
{
    /// <summary>A list of matchers, perhaps an empty one; or null and what is wrong with it.</summary>
    public static IReadOnlyList<Matcher>? Parse(string text, out string? objection) =>
        Parse(text, MatcherMode.Fallback, out objection, out _);

    /// <summary>The same in a given mode; the warning is for texts that a later Alertmanager will not understand.</summary>
    public static IReadOnlyList<Matcher>? Parse(
        string text,
        MatcherMode mode,
        out string? objection,
        out string? warning
    )
    {
        warning = null;
        if (mode == MatcherMode.Classic)
        {
            return ClassicGrammar.ParseList(text, out objection);
        }

        var utf8 = Utf8Grammar.Parse(text, out objection);
        if (mode == MatcherMode.Utf8Strict)
        {
            return utf8;
        }

        var classic = ClassicGrammar.ParseList(text, out _);
        if (classic is null || (utf8 is not null && utf8.SequenceEqual(classic)))
        {
            return utf8;
        }

        warning = utf8 is null
            ? $"only the older grammar of matchers understands {text}: write {string.Join(',', classic)} ({objection})"
            : $"{text} is read by the older grammar of matchers, as {string.Join(',', classic)}; "
                + $"the newer one reads {string.Join(',', utf8)}: write the one that is meant";
        objection = null;
        return classic;
    }

    /// <summary>Exactly one matcher without braces; or null and what is wrong with it.</summary>
    public static Matcher? ParseOne(string text, out string? objection) =>
        ParseOne(text, MatcherMode.Fallback, out objection, out _);

    /// <summary>The same in a given mode.</summary>
    public static Matcher? ParseOne(string text, MatcherMode mode, out string? objection, out string? warning)
    {
        warning = null;
        if (mode == MatcherMode.Classic)
        {
            return ClassicGrammar.ParseOne(text, out objection);
        }

        if (text.StartsWith('{') || text.EndsWith('}'))
        {
            objection = $"{text} stands in braces; a single matcher has none";
            return null;
        }

        var utf8 = Single(Utf8Grammar.Parse(text, out objection), ref objection);
        if (mode == MatcherMode.Utf8Strict)
        {
            return utf8;
        }

        var classic = ClassicGrammar.ParseOne(text, out _);
        if (classic is null || classic.Equals(utf8))
        {
            return utf8;
        }

        warning = utf8 is null
            ? $"only the older grammar of matchers understands {text}: write {classic} ({objection})"
            : $"{text} is read by the older grammar of matchers, as {classic}; "
                + $"the newer one reads {utf8}: write the one that is meant";
        objection = null;
        return classic;
    }

    /// <summary>
    /// <c>{a="b",c=~"d"}</c>, in the order given. Routes have theirs sorted (<see cref="Matcher.Order"/>): then this is
    /// the route's part of a group key.
    /// </summary>
    public static string Print(IEnumerable<Matcher> matchers) =>
        new StringBuilder("{").AppendJoin(',', matchers).Append('}').ToString();

    private static Matcher? Single(IReadOnlyList<Matcher>? matchers, ref string? objection)
    {
        if (matchers is { Count: not 1 })
        {
            objection = $"one matcher is expected, not {matchers.Count}";
            return null;
        }

        return matchers?[0];
    }
}
