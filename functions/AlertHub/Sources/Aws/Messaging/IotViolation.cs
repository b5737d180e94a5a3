using System.Text.Json;

namespace AlertHub.Sources.Aws.Messaging;

/// <summary>A device that behaves as its security profile forbids; over when Device Defender says so.</summary>
internal static class IotViolation
{
    public static AwsKind Kind { get; } = AwsKind.OfJson("iot-violation", Tell);

    private static AwsStory? Tell(JsonElement violation, AwsMessage message)
    {
        if (
            violation.Text("violationEventType") is not { } type
            || violation.Text("thingName") is not { } thing
            || violation.Text("securityProfileName") is not { } profile
        )
        {
            return null;
        }

        var behavior = violation.Member("behavior") ?? default;
        var criteria = behavior.Member("criteria") ?? default;
        var name = behavior.Text("name") ?? "a behavior";
        var value = violation.Member("metricValue")?.Text("count");
        var allowed = $"{criteria.Text("comparisonOperator")} {criteria.Member("value")?.Text("count")}"
            .Replace('-', ' ')
            .Trim();
        var isOver = type is "alarm-cleared" or "alarm-invalidated";
        return new()
        {
            Name = "IoT Device Defender violation",
            Identity = $"{message.Topic?.Account} {message.Topic?.Region} {thing} {profile} {name}",
            Phase = isOver ? AwsPhase.Ends : AwsPhase.Begins,
            Severity = AwsSeverity.Warning,
            State = type,
            Summary = isOver
                ? $"{thing} keeps {name} of {profile} again"
                : $"{thing} violates {name} of {profile}{AwsWords.Behind(value)}{(value is not null && allowed.Length > 0 ? $", allowed is {allowed}" : "")}",
            Resource = thing,
            ConsolePath = $"iot/home#/thing/{Uri.EscapeDataString(thing)}",
            Facts =
            [
                new("metric", behavior.Text("metric") ?? ""),
                new("value", value ?? ""),
                new("allowed", allowed),
                new("violation", violation.Text("violationId") ?? ""),
            ],
        };
    }
}
