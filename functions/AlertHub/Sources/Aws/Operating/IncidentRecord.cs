using AlertHub.Sources.Aws.Security;

namespace AlertHub.Sources.Aws.Operating;

/// <summary>
/// An incident of Incident Manager, which sends no events but what CloudTrail records: started until somebody resolves it.
/// </summary>
internal static class IncidentRecord
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("ssmincidents-incident", "aws.ssm-incidents", ["AWS API Call via CloudTrail"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var call = happened.Detail;
        var asked = call.Member("requestParameters") ?? default;
        var isStart = call.Text("eventName") == "StartIncident";
        var isEnd = call.Text("eventName") == "UpdateIncidentRecord" && asked.Text("status") == "RESOLVED";
        var arn = isStart ? call.Member("responseElements")?.Text("incidentRecordArn") : asked.Text("arn");
        if (!(isStart || isEnd) || arn is null || call.Text("errorCode") is not null)
        {
            return null;
        }

        // incident-record/PLAN/ID
        var plan = Arn.Parse(arn)?.Resource.Split('/') is [_, var name, _] ? name : null;
        return new()
        {
            Name = "Incident open",
            Identity = arn,
            Phase = isEnd ? AwsPhase.Ends : AwsPhase.Begins,
            Severity = AwsSeverity.Critical,
            Summary = isEnd
                ? $"Incident{(plan is null ? "" : $" of {plan}")} resolved by {CloudTrailIdentity.Name(call)}"
                : $"{asked.Text("title") ?? "Incident"}{(plan is null ? "" : $" ({plan})")}, started by {CloudTrailIdentity.Name(call)}",
            Resource = plan,
            At = call.Time("eventTime"),
            ConsolePath = $"systems-manager/incidents/details?incidentArn={Uri.EscapeDataString(arn)}",
            Facts = [new("impact", asked.Text("impact") ?? "")],
        };
    }
}
