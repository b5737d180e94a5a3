using System.Text.Json.Nodes;
using AlertHub.Configuration.Yaml;
using AlertHub.Matching;

namespace AlertHub.Configuration.Shapes;

/// <summary>Matchers in their three spellings, and names of labels.</summary>
internal static partial class Kinds
{
    private static Kind<string> MatcherText { get; } =
        new KindOf<string>(
            static place =>
            {
                if (place.Node is not YamlNode.Mapping { Entries: [var first, ..] })
                {
                    return Text.Read(place);
                }

                place.Error($"a matcher is text, found a mapping{Rewritten(first, "")}");
                return "";
            },
            Quoted,
            static text => text.Length == 0,
            static _ => Schemas.Text()
        );

    /// <summary>A list of texts such as <c>severity=~"page|warn"</c>; kept sorted, as their order means nothing.</summary>
    public static Kind<IReadOnlyList<Matcher>> Matchers { get; } =
        new KindOf<IReadOnlyList<Matcher>>(
            static place =>
            {
                if (place.Node is YamlNode.Mapping { Entries: [var first, ..] })
                {
                    place.Error($"expected a list of matchers, found a mapping{Rewritten(first, "- ")}");
                    return [];
                }

                var lines = List(MatcherText).Read(place);
                return [.. lines.SelectMany((line, i) => ReadMatchers(line, place[i])).Order(Matcher.Order)];
            },
            static matchers => new YamlNode.Sequence([.. matchers.Select(static m => Quoted($"{m}"))]),
            static matchers => matchers.Count == 0,
            static _ => new() { ["type"] = new JsonArray("array", "null"), ["items"] = Schemas.Text() },
            static (merged, read, _) => [.. merged.Concat(read).Order(Matcher.Order)]
        );

    /// <summary>The older <c>match</c>: labels with the values that they must have.</summary>
    public static Kind<IReadOnlyList<Matcher>> Match => MatchOf(Text, MatchOperator.Equal);

    /// <summary>The older <c>match_re</c>: labels with regular expressions that their values must match.</summary>
    public static Kind<IReadOnlyList<Matcher>> MatchRegex => MatchOf(Regex, MatchOperator.Regex);

    private static Kind<string> Regex { get; } =
        TextOf(
            static (place, _) =>
                IsNothing(place) ? "a regular expression is missing; write .* to match anything" : null,
            Schemas.Text
        );

    /// <summary>Since 0.27 any text but an empty one is a label's name.</summary>
    public static void CheckLabelNames(IReadOnlyList<string> names, Place place)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (names[i].Length == 0)
            {
                place[i].Error("a label's name is missing");
            }
        }
    }

    /// <summary>What to write instead of <c>severity: page</c> or <c>{severity="page"}</c>.</summary>
    private static string Rewritten(YamlEntry entry, string dash) =>
        entry is { Name: { } name, Value: YamlNode.Scalar { IsNull: false, Text: var value } }
            ? $"; write {dash}{name}=\"{value}\""
            : "; put the whole of it in single quotes";

    private static IReadOnlyList<Matcher> ReadMatchers(string line, Place place)
    {
        var matchers = MatcherSyntax.Parse(line, MatcherMode.Fallback, out var objection, out var warning);
        if (matchers is null)
        {
            place.Error($"{objection}");
        }
        else if (warning is not null)
        {
            place.Warn(warning);
        }

        if (
            matchers?.Any(static m => m.Value is [('\u201C' or '\u201D' or '\u201E' or '\u2018' or '\u2019'), ..])
            == true
        )
        {
            place.Warn("typographic quotes are part of the value; write straight ones (\") around it");
        }

        return matchers ?? [];
    }

    private static KindOf<IReadOnlyList<Matcher>> MatchOf(Kind<string> value, MatchOperator matchOperator)
    {
        var map = Map(value);
        return new(
            place => [.. map.Read(place).SelectMany(pair => Create(pair.Key, matchOperator, pair.Value, place))],
            matchers => map.Print([.. matchers.Select(static m => KeyValuePair.Create(m.Name, m.Value))]),
            static matchers => matchers.Count == 0,
            map.Schema,
            static (merged, read, place) => Together(merged, read, static m => m.Name, place)
        );
    }

    private static IEnumerable<Matcher> Create(string name, MatchOperator matchOperator, string value, Place place)
    {
        if (!IsClassicLabelName(name))
        {
            place[name]
                .Error(
                    $"\"{name}\" cannot be a label's name here (letters, digits and _, no digit first); "
                        + "write such a name in quotes under matchers"
                );
        }

        var matcher = Matcher.Create(name, matchOperator, value, out var objection);
        if (matcher is null)
        {
            place[name].Error($"{objection}");
            return [];
        }

        return [matcher];
    }

    private static bool IsClassicLabelName(string name) =>
        name.Length > 0
        && !char.IsAsciiDigit(name[0])
        && name.All(static c => char.IsAsciiLetterOrDigit(c) || c == '_');
}
