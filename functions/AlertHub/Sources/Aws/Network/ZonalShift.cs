namespace AlertHub.Sources.Aws.Network;

/// <summary>
/// Traffic that Application Recovery Controller moves away from a zone: an autoshift of AWS lasts until it is completed,
/// what people start or practise is told of, and a practice run that failed is wrong until one succeeds.
/// </summary>
internal static class ZonalShift
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "arc-zonalshift",
            "aws.arc-zonal-shift",
            [
                "Autoshift In Progress",
                "Autoshift Completed",
                "FIS Experiment Autoshift In Progress",
                "FIS Experiment Autoshift Completed",
                "FIS Experiment Autoshift Canceled",
                "Practice Run Started",
                "Practice Run Succeeded",
                "Practice Run Interrupted",
                "Practice Run Failed",
                "Manual Shift Started",
            ],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var about = happened.Detail.Member("metadata") ?? default;
        if (about.Text("awayFrom") is not { } zone)
        {
            return null;
        }

        var resource = happened.Resource is { } arn ? AwsWords.Last(arn) : null;
        var of = resource is null ? "" : $" for {resource}";
        var story = happened.DetailType switch
        {
            "Autoshift In Progress" or "Autoshift Completed" => new AwsStory
            {
                Name = "AWS autoshift in progress",
                Identity = $"{happened.Account} {happened.Region} {zone} {resource}",
                Phase = happened.DetailType.EndsWith("Completed", StringComparison.Ordinal)
                    ? AwsPhase.Ends
                    : AwsPhase.Begins,
                Severity = AwsSeverity.Critical,
                Summary = happened.DetailType.EndsWith("Completed", StringComparison.Ordinal)
                    ? $"AWS has ended moving traffic away from {zone}{of}"
                    : $"AWS moves traffic away from {zone}{of}: the zone may be impaired",
            },
            "Practice Run Succeeded" or "Practice Run Failed" => AwsStory.Repeated(
                happened.DetailType.EndsWith("Failed", StringComparison.Ordinal)
                    ? AwsOutcome.Failed
                    : AwsOutcome.Succeeded,
                "Zonal shift practice run",
                $"{happened.Account} {happened.Region} {resource}",
                AwsSeverity.Warning,
                $"Practice run away from {zone}{of} {Word(happened.DetailType)}"
            ),
            _ => new AwsStory
            {
                Name = $"Zonal shift: {AwsWords.Plain(happened.DetailType)}",
                Phase = AwsPhase.Happened,
                Severity = AwsSeverity.Info,
                Summary = IsUnderWay(happened.DetailType)
                    ? $"Traffic is moved away from {zone}{of}"
                    : $"Traffic is no longer moved away from {zone}{of}",
            },
        };
        return story with
        {
            Description = about.Text("notes"),
            Reason = (happened.Detail.Member("data") ?? default).Text("additionalFailureInfo"),
            Resource = resource,
            ConsolePath = "arc/home#/zonal-shift",
            Facts = [new("away_from", zone)],
        };
    }

    private static bool IsUnderWay(string detailType) =>
        detailType.EndsWith("Started", StringComparison.Ordinal)
        || detailType.EndsWith("In Progress", StringComparison.Ordinal);

    private static string Word(string detailType) =>
        detailType.EndsWith("Failed", StringComparison.Ordinal) ? "failed" : "succeeded";
}
