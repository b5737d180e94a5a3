namespace AlertHub.Sources.Aws.Compute;

/// <summary>An image of EC2 that became available, or did not.</summary>
internal static class Ec2Image
{
    public static AwsKind Kind { get; } = AwsKind.OfEvent("ec2-image", "aws.ec2", ["EC2 AMI State Change"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        if (happened.Detail.Text("ImageId") is not { } image || happened.Detail.Text("State") is not { } state)
        {
            return null;
        }

        var isFailure = state is "failed" or "error" or "invalid";
        return new()
        {
            Name = isFailure ? "EC2 image failed" : "EC2 image",
            Phase = AwsPhase.Happened,
            Severity = isFailure ? AwsSeverity.Warning : AwsSeverity.Info,
            State = state,
            Summary = $"Image {image}: {AwsWords.Plain(state)}",
            Reason = happened.Detail.Text("ErrorMessage"),
            Resource = image,
            ConsolePath = $"ec2/home#ImageDetails:imageId={Uri.EscapeDataString(image)}",
        };
    }
}
