using System.Text.Json;
using System.Text.Json.Nodes;
using AlertHub.Sources;
using Hosts.Tests.Box.Sources;
using Hosts.Tests.Lambda;
using Infra;

namespace Hosts.Tests.Box;

/// <summary>The patterns by which EventBridge brings events (infra/HubEvents.cs), over the samples.</summary>
public sealed class EventsBrought
{
    private static readonly DateTimeOffset Now = new(2026, 3, 14, 3, 25, 0, TimeSpan.Zero);

    public static TheoryData<string> Brought { get; } =
    [
        .. SampleEvents.All.Where(static sample =>
            sample.StartsWith("aws/", StringComparison.Ordinal) && EventOf(sample) is { } found && Rules(found).Any()
        ),
    ];

    /// <summary>Of what is brought at all: what begins and what ends it, both.</summary>
    [Theory]
    [MemberData(nameof(Brought))]
    public void What_begins_or_ends_is_let_through(string sample)
    {
        var found = EventOf(sample)!;
        var reading = Source.Read(new() { Body = SampleEvents.Read(sample), ReceivedAt = Now });

        // Of Inspector's findings only the grave ones.
        var isLeftOut =
            reading.Kind == "inspector2-finding" && (string?)found["detail"]!["severity"] is "MEDIUM" or "LOW";
        Assert.True(!reading.TellsEnds || isLeftOut || IsBrought(found), sample);
    }

    [Theory]
    [InlineData("aws/ecs-task-stopped.json", true)]
    [InlineData("aws/backup-job-running.json", false)]
    [InlineData("aws/cloudtrail-signin-root.json", true)]
    [InlineData("aws/cloudtrail-signin-failed.json", true)]
    [InlineData("aws/cloudtrail-signin-role.json", false)]
    [InlineData("aws/batch-job-failed.json", true)]
    public void What_happens_all_day_is_not(string sample, bool isBrought) =>
        Assert.Equal(isBrought, IsBrought(EventOf(sample)!));

    [Fact]
    public void A_task_that_is_done_is_not()
    {
        var task = EventOf("aws/ecs-task-stopped.json")!;
        foreach (var container in task["detail"]!["containers"]!.AsArray())
        {
            container!["exitCode"] = 0;
        }

        Assert.False(IsBrought(task));
    }

    private static bool IsBrought(JsonObject found) =>
        Rules(found)
            .Any(rule =>
                rule.Detail is null
                || EventPattern.Matches(
                    JsonSerializer.SerializeToNode(rule.Detail)!.AsObject(),
                    found["detail"]!.AsObject(),
                    rule.Id
                )
            );

    private static IEnumerable<HubEvents> Rules(JsonObject found) =>
        HubEvents.All.Where(rule =>
            rule.Sources.Contains((string?)found["source"]) && rule.DetailTypes.Contains((string?)found["detail-type"])
        );

    /// <summary>Null where it is none of EventBridge's.</summary>
    private static JsonObject? EventOf(string sample) =>
        sample.EndsWith(".json", StringComparison.Ordinal)
        && JsonNode.Parse(SampleEvents.Read(sample)) is JsonObject json
        && json.ContainsKey("detail-type")
            ? json
            : null;
}
