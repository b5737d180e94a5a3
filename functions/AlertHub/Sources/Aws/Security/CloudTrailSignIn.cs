namespace AlertHub.Sources.Aws.Security;

/// <summary>Sign-ins to the console. None is over; each is one of its own.</summary>
internal static class CloudTrailSignIn
{
    // EventBridge's user guide and its console do not spell it alike.
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "cloudtrail-signin",
            "aws.signin",
            ["AWS Console Sign In via CloudTrail", "AWS Console Signin via CloudTrail"],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened)
    {
        var signIn = happened.Detail;
        if (signIn.Text("eventName") is not { } name)
        {
            return null;
        }

        var outcome = signIn.Member("responseElements")?.Text(name);
        var failed = outcome == "Failure" || signIn.Text("errorMessage") is not null;
        var isRoot = CloudTrailIdentity.IsRoot(signIn);
        // Federated users have their second factor elsewhere, of which CloudTrail does not know.
        var lacksFactor =
            !failed
            && name == "ConsoleLogin"
            && signIn.Member("additionalEventData")?.Text("MFAUsed") == "No"
            && signIn.Member("userIdentity")?.Text("type") is "IAMUser" or "Root";
        var who = CloudTrailIdentity.Name(signIn);
        var from = CloudTrailCall.From(signIn);
        return new()
        {
            Name = (isRoot, failed, lacksFactor) switch
            {
                (true, true, _) => "AWS console sign-in as root failed",
                (true, false, _) => "AWS console sign-in as root",
                (false, true, _) => "AWS console sign-in failed",
                (false, false, true) => "AWS console sign-in without MFA",
                _ => "AWS console sign-in",
            },
            Phase = AwsPhase.Happened,
            Severity =
                isRoot ? AwsSeverity.Critical
                : failed || lacksFactor ? AwsSeverity.Warning
                : AwsSeverity.Info,
            Summary = (name, failed) switch
            {
                ("ConsoleLogin", true) => $"{who} could not sign in to the console{from}",
                ("ConsoleLogin", false) =>
                    $"{who} signed in to the console{from}{(lacksFactor ? ", without a second factor" : "")}",
                _ => $"{who}: {name}{from}",
            },
            Reason = signIn.Text("errorMessage"),
            Resource = isRoot ? "root" : who,
            Account = signIn.Text("recipientAccountId"),
            Region = signIn.Text("awsRegion"),
            At = signIn.Time("eventTime"),
            ConsolePath = CloudTrailCall.Page(signIn),
            Facts =
            [
                new("remote_address", signIn.Text("sourceIPAddress") ?? ""),
                new("mfa_used", signIn.Member("additionalEventData")?.Text("MFAUsed") ?? ""),
                new("user_agent", signIn.Text("userAgent") ?? ""),
            ],
        };
    }
}
