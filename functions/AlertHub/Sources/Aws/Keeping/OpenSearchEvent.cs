namespace AlertHub.Sources.Aws.Keeping;

/// <summary>
/// What OpenSearch Service notifies a domain's owner of: a software update, Auto-Tune, trouble with the domain. What failed
/// or threatens is wrong until the same is completed.
/// </summary>
internal static class OpenSearchEvent
{
    private const string DomainError = "Domain Error Notification";

    public static AwsKind Kind { get; } =
        new(
            "opensearch-event",
            static message =>
                message.Event is { Source: "aws.es" } found && IsNotice(found.DetailType) && Tell(found) is { } story
                    ? [story]
                    : []
        );

    /// <summary>As of old, when it was Amazon ES, too.</summary>
    private static bool IsNotice(string detailType) =>
        detailType == DomainError
        || detailType.StartsWith("Amazon OpenSearch Service ", StringComparison.Ordinal)
        || detailType.StartsWith("Amazon ES ", StringComparison.Ordinal);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var detail = happened.Detail;
        if (detail.Text("event") is not { } what || detail.Text("status") is not { } status)
        {
            return null;
        }

        var domain = AwsWords.Last(happened.Resource);
        var isDomain = happened.DetailType == DomainError;
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
            $"{(domain.Length > 0 ? domain : "A domain")}: {what} ({AwsWords.Plain(status)})"
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
