using System.Globalization;

namespace AlertHub.Sources.Aws.Operating;

/// <summary>Changes that Systems Manager knows of: when they are allowed, requested, and made to parameters.</summary>
internal static class SsmChange
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent(
            "ssm-change",
            "aws.ssm",
            ["Calendar State Change", "Change Request Status Update", "Parameter Store Change"],
            Tell
        );

    private static AwsStory? Tell(AwsEvent happened) =>
        happened.DetailType switch
        {
            "Calendar State Change" => Calendar(happened),
            "Change Request Status Update" => Request(happened),
            _ => Parameter(happened),
        };

    private static AwsStory? Calendar(AwsEvent happened)
    {
        if (happened.Resource is not { } arn || happened.Detail.Text("state") is not { } state)
        {
            return null;
        }

        var name = AwsWords.Last(arn);
        return Of(
            "Change calendar",
            name,
            $"Change calendar {name} is {state.ToLowerInvariant()}{Until(happened)}"
        ) with
        {
            State = state,
            At = happened.Detail.Time("atTime"),
            ConsolePath = $"systems-manager/change-calendar/{Uri.EscapeDataString(name)}",
        };
    }

    private static string Until(AwsEvent happened) =>
        happened.Detail.Time("nextTransitionTime") is { } next
            ? next.ToString("' until' yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)
            : "";

    private static AwsStory? Request(AwsEvent happened)
    {
        var request = happened.Detail;
        return request.Text("change-request-title") is not { } title
            ? null
            : Of(
                "Change request",
                request.Text("ops-item-id"),
                $"Change request \"{title}\": {AwsWords.Plain(request.Text("ops-item-status") ?? "updated")}"
            ) with
            {
                State = request.Text("ops-item-status"),
                At = request.Time("ops-item-modified-time"),
                ConsolePath = "systems-manager/change-manager",
                Facts = [new("requested_by", AwsWords.Last(request.Text("ops-item-created-by") ?? ""))],
            };
    }

    private static AwsStory? Parameter(AwsEvent happened)
    {
        var change = happened.Detail;
        return change.Text("name") is not { } name || change.Text("operation") is not { } operation
            ? null
            : Of($"Parameter {Done(operation)}", name, $"Parameter {name} was {Done(operation)}") with
            {
                ConsolePath = $"systems-manager/parameters/{Uri.EscapeDataString(name)}/description",
                Facts = [new("type", change.Text("type") ?? "")],
            };
    }

    private static string Done(string operation) =>
        operation switch
        {
            "Create" => "made",
            "Delete" => "deleted",
            "LabelParameterVersion" => "labelled",
            _ => "changed",
        };

    private static AwsStory Of(string name, string? resource, string summary) =>
        new()
        {
            Name = name,
            Phase = AwsPhase.Happened,
            Severity = AwsSeverity.Info,
            Summary = summary,
            Resource = resource,
        };
}
