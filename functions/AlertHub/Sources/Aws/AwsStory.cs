using AlertHub.Alerts;

namespace AlertHub.Sources.Aws;

/// <summary>What an event means for what it is about.</summary>
internal enum AwsPhase
{
    /// <summary>Something is wrong until an event says that it is over.</summary>
    Begins,

    /// <summary>It is over, if it had begun.</summary>
    Ends,

    /// <summary>It has happened: it is told once, and nothing will say that it is over.</summary>
    Happened,
}

/// <summary>How bad it is, as the label <c>severity</c>.</summary>
internal enum AwsSeverity
{
    Info,
    Warning,
    Critical,
}

/// <summary>What an event of AWS says, in the words of an alert.</summary>
internal sealed record AwsStory
{
    /// <summary>
    /// The name of the alert: the service and what is wrong, as <c>CodePipeline execution failed</c>. The same when it ends.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>
    /// Of the same name the one thing that this is about, the same when it begins, changes and ends: an ARN where there is one.
    /// Null where it is an event of its own, told from all others.
    /// </summary>
    public string? Identity { get; init; }

    public required AwsPhase Phase { get; init; }

    /// <summary>The same for beginning and end, since it is a label.</summary>
    public required AwsSeverity Severity { get; init; }

    /// <summary>The service's word for the state: <c>FAILED</c>.</summary>
    public string? State { get; init; }

    /// <summary>One line on which a person can act: what, which, and why if that is short.</summary>
    public required string Summary { get; init; }

    /// <summary>What else there is to say, in lines.</summary>
    public string? Description { get; init; }

    /// <summary>Why, in the service's own words.</summary>
    public string? Reason { get; init; }

    /// <summary>Name of what it is about, as people know it; a label, so that routes can go by it.</summary>
    public string? Resource { get; init; }

    public string? Account { get; init; }

    public string? Region { get; init; }

    /// <summary>When it began, ended or happened.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Path and query of the page in the console of its region: <c>codesuite/codepipeline/pipelines/web/view</c>.</summary>
    public string? ConsolePath { get; init; }

    /// <summary>What to do about it, where the service has a page for that.</summary>
    public string? Runbook { get; init; }

    /// <summary>What else is over with this, if it had begun.</summary>
    public IReadOnlyList<AwsEnding> Endings { get; init; } = [];

    /// <summary>More to see; each becomes an annotation, empty ones are left out.</summary>
    public IReadOnlyList<Label> Facts { get; init; } = [];

    /// <summary>Of what is done again and again: wrong once it has failed, until it succeeds, and told of else.</summary>
    /// <param name="outcome">Of this time.</param>
    /// <param name="name">What is done, as <c>CodeBuild build</c>.</param>
    /// <param name="identity">Of what it is done to or with, not of this one time; null where it is not done again.</param>
    /// <param name="severity">Of a failure.</param>
    /// <param name="summary">As <see cref="Summary"/>.</param>
    public static AwsStory Repeated(
        AwsOutcome outcome,
        string name,
        string? identity,
        AwsSeverity severity,
        string summary
    ) =>
        outcome == AwsOutcome.Neither || (outcome == AwsOutcome.Succeeded && identity is null)
            ? new()
            {
                Name = name,
                Phase = AwsPhase.Happened,
                Severity = AwsSeverity.Info,
                Summary = summary,
            }
            : new()
            {
                Name = $"{name} failed",
                Identity = identity,
                Phase =
                    identity is null ? AwsPhase.Happened
                    : outcome == AwsOutcome.Failed ? AwsPhase.Begins
                    : AwsPhase.Ends,
                Severity = severity,
                Summary = summary,
            };
}
