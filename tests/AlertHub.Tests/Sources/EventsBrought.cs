using System.Collections;
using System.Text.Json;
using AlertHub.Sources;
using AlertHub.Tests.Support;
using Infra;

namespace AlertHub.Tests.Sources;

/// <summary>The patterns by which EventBridge brings events (infra/HubEvents.cs), over the samples.</summary>
public sealed class EventsBrought
{
    public static TheoryData<string> Brought { get; } =
    [
        .. Samples.Names.Where(static sample =>
            sample.StartsWith("aws/", StringComparison.Ordinal) && EventOf(sample) is { } found && Rules(found).Any()
        ),
    ];

    /// <summary>Of what is brought at all: what begins and what ends it, both.</summary>
    [Theory]
    [MemberData(nameof(Brought))]
    public void What_begins_or_ends_is_let_through(string sample)
    {
        var found = EventOf(sample)!.Value;
        var reading = Source.Read(new() { Body = Samples.Bytes(sample), ReceivedAt = Some.Now });

        Assert.True(
            !reading.TellsEnds
                || reading.Alerts.All(static alert => alert.Labels["severity"] is "warning" or "info")
                    && Rules(found).All(static rule => rule.Id == "Findings")
                || Rules(found).Any(rule => Matches(rule.Detail, found.GetProperty("detail"))),
            sample
        );
    }

    [Theory]
    [InlineData("aws/ecs-task-stopped.json", true)]
    [InlineData("aws/backup-job-running.json", false)]
    [InlineData("aws/cloudtrail-signin-root.json", true)]
    [InlineData("aws/cloudtrail-signin-failed.json", true)]
    [InlineData("aws/cloudtrail-signin-role.json", false)]
    [InlineData("aws/batch-job-failed.json", true)]
    public void What_happens_all_day_is_not(string sample, bool isBrought)
    {
        var found = EventOf(sample)!.Value;

        Assert.Equal(isBrought, Rules(found).Any(rule => Matches(rule.Detail, found.GetProperty("detail"))));
    }

    private static JsonElement? EventOf(string sample)
    {
        try
        {
            using var json = JsonDocument.Parse(Samples.Bytes(sample));
            return json.RootElement.TryGetProperty("detail-type", out _) ? json.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<HubEvents> Rules(JsonElement found) =>
        HubEvents.All.Where(rule =>
            rule.Sources.Contains(found.GetProperty("source").GetString())
            && rule.DetailTypes.Contains(found.GetProperty("detail-type").GetString())
        );

    /// <summary>As EventBridge matches ("Amazon EventBridge event patterns"), as far as our patterns need it.</summary>
    private static bool Matches(object? pattern, JsonElement value) =>
        pattern switch
        {
            null => true,
            IDictionary<string, object> members => members.All(member =>
                member.Key == "$or"
                    ? ((IEnumerable)member.Value).Cast<object>().Any(each => Matches(each, value))
                    : Values(value, member.Key).Any(found => Matches(member.Value, found))
            ),
            IEnumerable<object> choices => choices.Any(choice =>
                choice is IDictionary<string, object> { Count: 1 } but && but.TryGetValue("anything-but", out var other)
                    ? $"{value}" != $"{other}"
                    : $"{value}" == $"{choice}"
            ),
            _ => false,
        };

    /// <summary>Of an array, any element may be the one.</summary>
    private static IEnumerable<JsonElement> Values(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().SelectMany(each => Values(each, name))
        : value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out var found) ? []
        : found.ValueKind == JsonValueKind.Array ? found.EnumerateArray()
        : [found];
}
