using System.Text.Json;

namespace AlertHub.Sources.Aws.Operating;

/// <summary>Somebody made, changed or deleted an alarm. One that is gone, or silent, tells of nothing any more.</summary>
internal static class AlarmConfiguration
{
    public static AwsKind Kind { get; } =
        AwsKind.OfEvent("cloudwatch-configuration", "aws.cloudwatch", ["CloudWatch Alarm Configuration Change"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var change = happened.Detail;
        if (change.Text("alarmName") is not { } name || change.Text("operation") is not { } operation)
        {
            return null;
        }

        var now = change.Member("configuration") ?? default;
        var before = change.Member("previousConfiguration") ?? default;
        var changes = Changes(before, now).ToList();
        var isSilenced = IsActing(before) && !IsActing(now);
        return new()
        {
            Name = operation switch
            {
                "create" => "CloudWatch alarm made",
                "delete" => "CloudWatch alarm deleted",
                _ when isSilenced => "CloudWatch alarm silenced",
                _ => "CloudWatch alarm changed",
            },
            Phase = AwsPhase.Happened,
            Severity = operation == "delete" || isSilenced ? AwsSeverity.Warning : AwsSeverity.Info,
            Summary = operation switch
            {
                "create" => $"Alarm {name} was made",
                "delete" => $"Alarm {name} was deleted",
                _ when isSilenced => $"Alarm {name} tells nobody any more: its actions are off",
                _ => $"Alarm {name} was changed{(changes.Count > 0 ? $": {AwsWords.Several(changes)}" : "")}",
            },
            Description = now.Text("description"),
            Resource = name,
            ConsolePath = $"cloudwatch/home#alarmsV2:alarm/{Uri.EscapeDataString(name)}",
            Facts =
            [
                new("alarm_state", change.Member("state")?.Text("value") ?? ""),
                new("rule", now.Text("alarmRule") ?? ""),
            ],
        };
    }

    private static bool IsActing(JsonElement configuration) => configuration.Text("actionsEnabled") == "true";

    /// <summary><c>threshold 70 to 80</c>; of what is no plain value only the name.</summary>
    private static IEnumerable<string> Changes(JsonElement before, JsonElement now)
    {
        if (before.ValueKind != JsonValueKind.Object || now.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var member in now.EnumerateObject())
        {
            var was = before.Member(member.Name);
            // Metrics get new ids whenever they are written.
            if (member.Name is "timestamp" or "metrics" || was?.GetRawText() == member.Value.GetRawText())
            {
                continue;
            }

            yield return member.Value.AsText() is { } value && was?.AsText() is { } old
                ? $"{member.Name} {old} to {value}"
                : member.Name;
        }
    }
}
