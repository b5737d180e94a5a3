namespace AlertHub.Sources.Aws.Compute;

/// <summary>What an EC2 fleet or a spot fleet does, and what it cannot do.</summary>
internal static class Ec2Fleet
{
    public static AwsKind Kind { get; } =
        new("ec2-fleet", static message => message.Event is { } found && Tell(found) is { } story ? [story] : []);

    private static AwsStory? Tell(AwsEvent happened)
    {
        if (
            happened.Source is not ("aws.ec2fleet" or "aws.ec2spotfleet")
            || happened.Detail.Text("sub-type") is not { } what
            || happened.Resource is not { } arn
        )
        {
            return null;
        }

        var fleet = AwsWords.Last(arn);
        var kind = happened.Source == "aws.ec2fleet" ? "EC2 fleet" : "EC2 spot fleet";
        // Of an instance the description is JSON in a string.
        var instance = ForeignJson.Parse(happened.Detail.Text("description") ?? "");
        var isFailure = happened.DetailType.EndsWith("Error", StringComparison.Ordinal);
        return new()
        {
            Name = isFailure ? $"{kind} error" : kind,
            Phase = AwsPhase.Happened,
            Severity = isFailure ? AwsSeverity.Warning : AwsSeverity.Info,
            State = what,
            Summary = $"Fleet {fleet}: {AwsWords.Plain(what)}",
            Reason = instance is null ? happened.Detail.Text("description") : null,
            Resource = fleet,
            ConsolePath = "ec2/home#Fleets:",
            Facts =
            [
                new("instance", happened.Detail.Text("instance-id") ?? ""),
                new("instance_type", instance?.Text("instanceType") ?? ""),
                new("zone", instance?.Text("availabilityZone") ?? ""),
            ],
        };
    }
}
