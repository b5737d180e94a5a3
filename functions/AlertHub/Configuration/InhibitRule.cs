using AlertHub.Configuration.Shapes;
using AlertHub.Matching;

namespace AlertHub.Configuration;

/// <summary>
/// Alerts that match the target are muted while one fires that matches the source and has the same values of
/// <see cref="Equal"/>.
/// </summary>
public sealed record InhibitRule
{
    public string Name { get; init; } = "";

    public IReadOnlyList<Matcher> SourceMatch { get; init; } = [];

    public IReadOnlyList<Matcher> SourceMatchRe { get; init; } = [];

    public IReadOnlyList<Matcher> SourceMatchers { get; init; } = [];

    public IReadOnlyList<Matcher> TargetMatch { get; init; } = [];

    public IReadOnlyList<Matcher> TargetMatchRe { get; init; } = [];

    public IReadOnlyList<Matcher> TargetMatchers { get; init; } = [];

    public IReadOnlyList<string> Equal { get; init; } = [];

    internal static Shape<InhibitRule> Shape { get; } =
        new Shape<InhibitRule>("inhibit_rule", new())
            .Field("name", Kinds.Text, static r => r.Name, static (r, v) => r with { Name = v })
            .About("For people.")
            .Since("0.29")
            .Field("source_match", Kinds.Match, static r => r.SourceMatch, static (r, v) => r with { SourceMatch = v })
            .About("Deprecated, use source_matchers.")
            .Field(
                "source_match_re",
                Kinds.MatchRegex,
                static r => r.SourceMatchRe,
                static (r, v) => r with { SourceMatchRe = v }
            )
            .About("Deprecated, use source_matchers.")
            .Field(
                "source_matchers",
                Kinds.Matchers,
                static r => r.SourceMatchers,
                static (r, v) => r with { SourceMatchers = v }
            )
            .About("What alerts must be like to mute others.")
            .Field("target_match", Kinds.Match, static r => r.TargetMatch, static (r, v) => r with { TargetMatch = v })
            .About("Deprecated, use target_matchers.")
            .Field(
                "target_match_re",
                Kinds.MatchRegex,
                static r => r.TargetMatchRe,
                static (r, v) => r with { TargetMatchRe = v }
            )
            .About("Deprecated, use target_matchers.")
            .Field(
                "target_matchers",
                Kinds.Matchers,
                static r => r.TargetMatchers,
                static (r, v) => r with { TargetMatchers = v }
            )
            .About("What alerts must be like to be muted.")
            .Field("equal", Kinds.TextList, static r => r.Equal, static (r, v) => r with { Equal = v })
            .About("Labels of which both must have the same value.")
            .Check(static (r, place) => Kinds.CheckLabelNames(r.Equal, place["equal"]));
}
