using AlertHub.Alerts;
using AlertHub.Configuration;

namespace AlertHub.Sources;

/// <summary>
/// Sets the label severity of what producers sent as messages. What is posted as alerts keeps the labels that it came with.
/// </summary>
public sealed class Severities
{
    private readonly IReadOnlyList<SeverityRule> rules;

    private Severities(IReadOnlyList<SeverityRule> rules) => this.rules = rules;

    public static Severities Compile(IReadOnlyList<SeverityRule> rules) => new(rules);

    /// <summary>The labels by the first rule that matches, which sees them as they are; the same where none does.</summary>
    public Labels Applied(Labels labels) =>
        rules.FirstOrDefault(rule => rule.Matchers.All(matcher => matcher.Matches(labels[matcher.Name]))) is { } rule
            ? labels.With(Labels.Of(new Label("severity", rule.Severity)))
            : labels;
}
