namespace AlertHub.Sources.Aws.Operating;

/// <summary>An item of OpsCenter: open until it is resolved.</summary>
internal static class SsmOpsItem
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("ssm-opsitem", "aws.ssm", ["OpsItem Create", "OpsItem Update"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var item = happened.Detail;
        if (item.Text("ops-item-id") is not { } id || item.Text("title") is not { } title)
        {
            return null;
        }

        var status = item.Text("status");
        var isOver = status is "Resolved" or "Closed";
        return new()
        {
            Name = "OpsItem open",
            Identity = $"{happened.Account} {happened.Region} {id}",
            Phase = isOver ? AwsPhase.Ends : AwsPhase.Begins,
            Severity = AwsSeverity.Warning,
            State = status,
            Summary = isOver ? $"{AwsWords.Sentence(status ?? "")}: {title}" : title,
            Description = item.Text("description"),
            Resource = id,
            At = item.Time("modified-time") ?? item.Time("created-time"),
            ConsolePath = $"systems-manager/opsitems/{Uri.EscapeDataString(id)}",
            Facts =
            [
                new("opened_by", item.Text("source") ?? ""),
                new("type", AwsWords.Last(item.Text("ops-item-type") ?? "")),
                new("changed_by", AwsWords.Last(item.Text("modified-by") ?? "")),
            ],
        };
    }
}
