namespace AlertHub.Sources.Aws.Keeping;

/// <summary>
/// A file gateway is done: with the upload of a file, of all that was written until somebody asked, or with looking for what is
/// new in its bucket. What goes wrong is in its log group and its metrics.
/// </summary>
internal static class StorageGatewayFiles
{
    private const string Refreshed = "Storage Gateway Refresh Cache Event";

    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "storagegateway-files",
            "aws.storagegateway",
            ["Storage Gateway Object Upload Event", "Storage Gateway File Upload Event", Refreshed],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        if (
            happened.Resources.FirstOrDefault(static each => each.Contains(":share/", StringComparison.Ordinal))
            is not { } arn
        )
        {
            return null;
        }

        var detail = happened.Detail;
        var share = AwsWords.Last(arn);
        var folders = detail.Items("folderList").Select(static each => each.AsText()).OfType<string>().ToList();
        return new()
        {
            Name = "Storage Gateway files",
            Phase = AwsPhase.Happened,
            Severity = AwsSeverity.Info,
            State = detail.Text("event-type"),
            Summary =
                happened.DetailType == Refreshed
                    ? $"{share} shows what is in its bucket{(folders.Count == 0 ? "" : $" ({AwsWords.Several(folders)})")}"
                : detail.Text("object-key") is { } key
                    ? $"{detail.Text("prefix")}{key} of {share} is uploaded{(detail.Text("bucket-name") is { } bucket ? $" to {bucket}" : "")}"
                : $"All files of {share} are uploaded",
            Resource = share,
            At = detail.Time("completed"),
            ConsolePath = "storagegateway/home",
            Facts =
            [
                new(
                    "gateway",
                    AwsWords.Last(
                        happened.Resources.FirstOrDefault(static each =>
                            each.Contains(":gateway/", StringComparison.Ordinal)
                        )
                    )
                ),
                new("bytes", detail.Text("object-size") ?? ""),
                new("notification", detail.Text("notification-id") ?? ""),
            ],
        };
    }
}
