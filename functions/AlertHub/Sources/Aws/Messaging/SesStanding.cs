using System.Text.Json;

namespace AlertHub.Sources.Aws.Messaging;

/// <summary>Whether an account may send mail, and what SES's advisor has to say of it.</summary>
internal static class SesStanding
{
    private const string Sending = "Sending Status ";

    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "ses-standing",
            "aws.ses",
            [
                $"{Sending}Enabled",
                $"{Sending}Disabled",
                "Advisor Recommendation Status Open",
                "Advisor Recommendation Status Resolved",
                // As the developer guide has it for tenants.
                "Advisor Recommendation Status Closed",
            ],
            static happened =>
                happened.DetailType.StartsWith(Sending, StringComparison.Ordinal) ? Sent(happened) : Advised(happened)
        );

    private static AwsStory Sent(AwsEvent happened)
    {
        var isOver = happened.DetailType == $"{Sending}Enabled";
        var who = Who(happened);
        return new()
        {
            Name = "SES sending paused",
            Identity = $"{happened.Account} {happened.Region} {happened.Resource}",
            Phase = isOver ? AwsPhase.Ends : AwsPhase.Begins,
            Severity = AwsSeverity.Critical,
            State = isOver ? "Enabled" : "Disabled",
            Summary = $"{who} {(isOver ? "may send mail again" : "may not send mail any more")}",
            Reason = Record(happened).Text("cause"),
            Resource = who,
            ConsolePath = "ses/home#/reputation",
            Runbook = "https://docs.aws.amazon.com/ses/latest/dg/faqs-enforcement.html",
        };
    }

    private static AwsStory Advised(AwsEvent happened)
    {
        var isOver = !happened.DetailType.EndsWith("Open", StringComparison.Ordinal);
        var who = Who(happened);
        var advice = Record(happened).Text("type");
        return new()
        {
            Name = "SES advisor recommendation",
            Identity = $"{happened.Account} {happened.Region} {happened.Resource} {advice}",
            Phase = isOver ? AwsPhase.Ends : AwsPhase.Begins,
            Severity = AwsSeverity.Warning,
            State = isOver ? "Resolved" : "Open",
            Summary = isOver
                ? $"What SES advised on {advice ?? "the mail"} of {who} is done"
                : $"SES advises to see to {advice ?? "the mail"} of {who}",
            Reason = isOver ? null : Record(happened).Text("description"),
            Resource = who,
            ConsolePath = "ses/home#/vdm/advisor",
            Facts = [new("impact", Record(happened).Text("impact") ?? "")],
        };
    }

    private static JsonElement Record(AwsEvent happened) =>
        happened.Detail.Member("data", "record") ?? happened.Detail.Member("data") ?? happened.Detail;

    /// <summary>arn:aws:ses:region:account:configuration-set/NAME, or tenant/NAME/id</summary>
    private static string Who(AwsEvent happened) =>
        happened.Resource?.Split('/') is [_, var name, ..] ? name : "the account";
}
