namespace AlertHub.Sources.Aws.Delivery;

/// <summary>A stack set: an operation that failed is wrong until one of the same set succeeds.</summary>
internal static class CloudFormationStackSet
{
    private const string Operation = "CloudFormation StackSet Operation Status Change";

    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "cloudformation-stackset",
            "aws.cloudformation",
            [Operation, "CloudFormation StackSet Status Change", "CloudFormation StackSet StackInstance Status Change"],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var detail = happened.Detail;
        if (
            detail.Text("stack-set-arn") is not { } arn
            || detail.Member("status-details") is not { } details
            || details.Text("status") is not { } status
        )
        {
            return null;
        }

        // arn:aws:cloudformation:region:account:stackset/NAME:id
        var name = arn.Split('/')[^1].Split(':')[0];
        var isOperation = happened.DetailType == Operation;
        var where = Arn.Parse(detail.Text("stack-id"));
        return AwsStory.Repeated(
            (isOperation, status) switch
            {
                (true, "FAILED") => AwsOutcome.Failed,
                (true, "SUCCEEDED") => AwsOutcome.Succeeded,
                _ => AwsOutcome.Neither,
            },
            isOperation ? "CloudFormation stack set operation" : "CloudFormation stack set",
            arn,
            AwsSeverity.Warning,
            $"{(isOperation ? "Operation on stack" : "Stack")} set {name}{(where is null ? "" : $" in {where.Account}, {where.Region}")}: {AwsWords.Plain(status)}"
        ) with
        {
            State = status,
            Reason = details.Text("status-reason"),
            Resource = name,
            ConsolePath = "cloudformation/home#/stacksets",
            Facts =
            [
                new("operation", detail.Text("stack-set-operation-id") ?? ""),
                new("detailed_status", details.Text("detailed-status") ?? ""),
            ],
        };
    }
}
