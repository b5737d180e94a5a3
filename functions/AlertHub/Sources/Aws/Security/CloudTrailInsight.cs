using System.Globalization;
using System.Text.Json;

namespace AlertHub.Sources.Aws.Security;

/// <summary>A call that CloudTrail Insights finds made, or failing, far more often than usual; wrong from its start to its end.</summary>
internal static class CloudTrailInsight
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("cloudtrail-insight", "aws.cloudtrail", ["AWS Insight via CloudTrail"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var insight = happened.Detail.Member("insightDetails") ?? default;
        if (
            happened.Detail.Text("sharedEventID") is not { } id
            || insight.Text("state") is not { } state
            || insight.Text("eventName") is not { } name
        )
        {
            return null;
        }

        var service = (insight.Text("eventSource") ?? "").Split('.')[0];
        var error = insight.Text("errorCode");
        var context = insight.Member("insightContext") ?? default;
        var isOver = state == "End";
        return new()
        {
            Name = error is null ? "Unusual rate of AWS calls" : "Unusual rate of AWS errors",
            Identity = id,
            Phase = isOver ? AwsPhase.Ends : AwsPhase.Begins,
            Severity = AwsSeverity.Warning,
            Summary = isOver
                ? $"{name} of {service} is as usual again"
                : $"{name} of {service} {(error is null ? "is called" : $"fails with {error}")} {Rate(context, "insight")} times a minute, usually {Rate(context, "baseline")}",
            Resource = name,
            Account = happened.Detail.Text("recipientAccountId"),
            Region = happened.Detail.Text("awsRegion"),
            At = happened.Detail.Time("eventTime"),
            ConsolePath = $"cloudtrailv2/home#/insights/{Uri.EscapeDataString(id)}",
            Facts =
            [
                new("insight_type", insight.Text("insightType") ?? ""),
                new("service", service),
                new("mostly_by", Foremost(context, "userIdentityArn")),
                new("mostly_with", Foremost(context, "userAgent")),
            ],
        };
    }

    private static string Rate(JsonElement context, string of) =>
        (context.Member("statistics", of) ?? default).Number("average") switch
        {
            null => "?",
            < 0.005m => "hardly ever",
            { } rate => rate.ToString("0.##", CultureInfo.InvariantCulture),
        };

    private static string Foremost(JsonElement context, string attribute) =>
        context
            .Items("attributions")
            .Where(each => each.Text("attribute") == attribute)
            .SelectMany(static each => each.Items("insight"))
            .Select(static each => each.Text("value"))
            .FirstOrDefault()
            is { } value
            ? AwsWords.Last(value)
            : "";
}
