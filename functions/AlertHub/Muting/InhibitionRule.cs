using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Matching;

namespace AlertHub.Muting;

/// <summary>One of the <c>inhibit_rules</c>, its three ways to write matchers joined.</summary>
public sealed class InhibitionRule
{
    private readonly Matcher[] source;
    private readonly Matcher[] target;

    internal InhibitionRule(InhibitRule config, int position)
    {
        source = Sorted([.. config.SourceMatch, .. config.SourceMatchRe, .. config.SourceMatchers]);
        target = Sorted([.. config.TargetMatch, .. config.TargetMatchRe, .. config.TargetMatchers]);
        (Name, Position, Equal) = (config.Name, position, config.Equal);
    }

    /// <summary>As written; empty where it has none.</summary>
    public string Name { get; }

    /// <summary>In the file, counted from 0.</summary>
    public int Position { get; }

    public IReadOnlyList<Matcher> Source => source;

    public IReadOnlyList<Matcher> Target => target;

    public IReadOnlyList<string> Equal { get; }

    public bool IsSource(Labels alert) => Match(source, alert);

    public bool IsTarget(Labels alert) => Match(target, alert);

    /// <summary>What source and target must share. A label that is missing counts as an empty one.</summary>
    internal Labels Shared(Labels alert) => alert.Only(Equal).WithoutEmpty();

    private static bool Match(Matcher[] matchers, Labels alert)
    {
        foreach (var matcher in matchers)
        {
            if (!matcher.Matches(alert[matcher.Name]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What is cheap to compare first.</summary>
    private static Matcher[] Sorted(Matcher[] matchers) =>
        [.. matchers.OrderBy(static m => m.Operator is MatchOperator.Regex or MatchOperator.NotRegex)];

    public override string ToString() =>
        $"{(Name.Length > 0 ? Name : $"inhibit_rules[{Position}]")}: {{{string.Join<Matcher>(',', source)}}} mutes {{{string.Join<Matcher>(',', target)}}}"
        + (Equal.Count > 0 ? $" with equal {string.Join(", ", Equal)}" : "");
}
