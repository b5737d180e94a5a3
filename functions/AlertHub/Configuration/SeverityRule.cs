using AlertHub.Configuration.Shapes;
using AlertHub.Matching;

namespace AlertHub.Configuration;

/// <summary>How bad an alert is whose producer does not say so, or says it otherwise than its readers see it.</summary>
public sealed record SeverityRule
{
    /// <summary>All must hold, of the alert's labels as its producer gave them.</summary>
    public IReadOnlyList<Matcher> Matchers { get; init; } = [];

    /// <summary>The label <c>severity</c> from then on.</summary>
    public string Severity { get; init; } = "";

    internal static Shape<SeverityRule> Shape { get; } =
        new Shape<SeverityRule>("severity", new())
            .Called("a rule of severities")
            .Field("matchers", Kinds.Matchers, static r => r.Matchers, static (r, v) => r with { Matchers = v })
            .About("What alerts must be like, by the labels that their producer gave them.")
            .Field("severity", Kinds.Text, static r => r.Severity, static (r, v) => r with { Severity = v })
            .About("Their label severity from then on.")
            .Require("matchers", "say which alerts are meant, such as [source=\"guardduty\", severity=\"info\"]")
            .Require("severity", "say how bad they are, such as warning");
}
