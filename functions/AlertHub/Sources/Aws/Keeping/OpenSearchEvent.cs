namespace AlertHub.Sources.Aws.Keeping;

/// <summary>
/// What OpenSearch Service notifies a domain's owner of: a software update, Auto-Tune, trouble with the domain. What failed
/// or threatens is wrong until the same is completed.
/// </summary>
internal static class OpenSearchEvent
{
    private const string Prefix = "Amazon OpenSearch Service ";

    private const string DomainError = "Domain Error Notification";

    public static AwsKind Kind { get; } =
        new(
            "opensearch-event",
            static message =>
                message.Event is { Source: "aws.es" } found
                && (found.DetailType == DomainError || found.DetailType.StartsWith(Prefix, StringComparison.Ordinal))
                && Tell(found) is { } story
                    ? [story]
                    : []
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var detail = happened.Detail;
        if (detail.Text("event") is not { } what || detail.Text("status") is not { } status)
        {
            return null;
        }

        var domain = AwsWords.Last(happened.Resource);
        var isDomain = happened.DetailType.EndsWith(DomainError, StringComparison.Ordinal);
        var isGrave = detail.Text("severity") is "High" or "Critical" or "Medium";
        var outcome = status switch
        {
            "Completed" or "Successful" or "Resolved" => AwsOutcome.Succeeded,
            "Failed" or "Error" => AwsOutcome.Failed,
            _ when isGrave => AwsOutcome.Failed,
            _ => AwsOutcome.Neither,
        };
        return AwsStory.Repeated(
            outcome,
            $"OpenSearch {what}",
            $"{happened.Resource} {what}",
            isDomain ? AwsSeverity.Critical : AwsSeverity.Warning,
            $"{what} of {(domain.Length > 0 ? domain : "a domain")}: {AwsWords.Plain(status)}"
        ) with
        {
            // It may only threaten: nothing has failed yet.
            Name = $"OpenSearch {what}",
            State = status,
            Reason = detail.Text("description"),
            Resource = domain,
            ConsolePath = $"aos/home#opensearch/domains/{Uri.EscapeDataString(domain)}",
            Facts = [new("event_severity", detail.Text("severity") ?? "")],
        };
    }
}
