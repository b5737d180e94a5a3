using System.Text.RegularExpressions;

namespace AlertHub.Sources.Aws.Delivery;

/// <summary>A deployment of a branch of an Amplify app: one that failed is wrong until one succeeds.</summary>
internal static partial class AmplifyDeployment
{
    public static AwsKind Kind { get; } =
        AwsKind
            .OfEvent("amplify-deployment", "aws.amplify", ["Amplify Deployment Status Change"], Tell)
            .OrText(static (text, _) => Tell(text));

    private static AwsStory? Tell(AwsEvent happened)
    {
        var detail = happened.Detail;
        return
            detail.Text("appId") is { } app
            && detail.Text("branchName") is { } branch
            && detail.Text("jobStatus") is { } status
            ? Tell(app, branch, detail.Text("jobId") ?? "", status)
            : null;
    }

    /// <summary>What Amplify sends to people who asked for mail.</summary>
    private static AwsStory? Tell(string text)
    {
        var mail = Mail().Match(text);
        return mail.Success
            ? Tell(
                mail.Groups["app"].Value,
                mail.Groups["branch"].Value,
                mail.Groups["job"].Value,
                mail.Groups["status"].Value
            ) with
            {
                Region = mail.Groups["region"].Value,
            }
            : null;
    }

    private static AwsStory Tell(string app, string branch, string job, string status) =>
        AwsStory.Repeated(
            status switch
            {
                "FAILED" => AwsOutcome.Failed,
                "SUCCEED" => AwsOutcome.Succeeded,
                _ => AwsOutcome.Neither,
            },
            "Amplify deployment",
            $"{app} {branch}",
            AwsSeverity.Warning,
            $"Deployment of branch {branch} of {app}: {(status == "SUCCEED" ? "succeeded" : AwsWords.Plain(status))}"
        ) with
        {
            State = status,
            Resource = branch,
            ConsolePath = $"amplify/apps/{app}/branches/{Uri.EscapeDataString(branch)}/deployments/{job}",
            Facts = [new("app", app), new("job", job)],
        };

    [GeneratedRegex(
        @"\ABuild notification from the AWS Amplify Console for app: \S{1,300} Your build status is (?<status>\w+)\. Go to https://\S{1,300}[?&]region=(?<region>[a-z0-9-]+)#/?(?<app>\w+)/(?<branch>\S{1,300})/(?<job>\d+) ",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Mail();
}
