using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Hosts.Tests.Ec2;
using Hosts.Tests.Ec2.Trail;
using Hosts.Tests.Lambda;
using Hosts.Tests.Support;
using Xunit.Abstractions;

namespace Hosts.Tests.SecurityGroups;

/// <summary>From what EC2's CloudTrail tells to what the guard's processes do about it.</summary>
public sealed class Undone(Dynalite dynalite, Fauxqs fauxqs, ITestOutputHelper output)
    : IClassFixture<Dynalite>,
        IClassFixture<Fauxqs>
{
    private static readonly string[] Web =
    [
        "in tcp 443 10.0.0.0/8 office",
        "in tcp 22 192.168.0.0/16",
        "in icmp 8/-1 10.0.0.0/8",
        "in udp 53 fd00::/8",
        "in tcp 5432 self db",
        "out -1 all 0.0.0.0/0",
    ];

    private const string OpenSsh = "tcp 22 22 IpRanges.1.CidrIp=0.0.0.0/0 Ipv6Ranges.1.CidrIpv6=::/0";

    [Fact]
    public async Task What_somebody_opened_is_closed_again_and_told_and_nothing_else_is_touched()
    {
        await using var scene = await GuardScene.StartAsync(dynalite, fauxqs);
        var group = scene.Ec2.AddGroup("web", Web);
        var before = scene.Ec2.Rules(group.Id);

        scene.Ec2.Perform(GuardScene.Mallory, "AuthorizeSecurityGroupIngress", RawEc2.Permission(group.Id, OpenSsh));
        Assert.True(scene.Ec2.CloudTrail.TryDequeue(out var told));
        var calls = scene.Ec2.Calls.Count;
        var start = Stopwatch.GetTimestamp();
        await scene.SortAsync(told.ToJsonString());
        Assert.True(await scene.WorkAsync((await scene.NextAsync())!));
        var elapsed = Stopwatch.GetElapsedTime(start);
        Assert.Equal(
            [
                "DescribeSecurityGroups",
                "DescribeSecurityGroupRules",
                "RevokeSecurityGroupIngress",
                "DescribeSecurityGroups",
                "DescribeSecurityGroupRules",
            ],
            scene.Ec2.Calls.Skip(calls).Select(static call => call.Action)
        );
        output.WriteLine($"undone {elapsed.TotalMilliseconds:F0} ms after the event, both functions cold");
        // The guard's own call is told, too, and known.
        await scene.SettleAsync();

        Assert.Equal(before, scene.Ec2.Rules(group.Id));
        var notice = Alert(Assert.Single(await scene.NoticesAsync()));
        Assert.Equal(
            ("SecurityGroupChangeUndone", "warning", group.Id),
            (Label(notice, "alertname"), Label(notice, "severity"), Label(notice, "group_id"))
        );
        Assert.Contains("assumed-role/Admin/mallory", Annotation(notice, "who"), StringComparison.Ordinal);
        Assert.Contains(
            "ingress tcp 22 from 0.0.0.0/0: done",
            Annotation(notice, "description"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "aws ec2 authorize-security-group-ingress",
            Annotation(notice, "undo_command"),
            StringComparison.Ordinal
        );
        Assert.Contains("Connections that were open", Annotation(notice, "description"), StringComparison.Ordinal);
        Assert.Empty(await scene.FailuresAsync());
    }

    [Fact]
    public async Task Every_kind_of_change_comes_back_as_it_was()
    {
        await using var scene = await GuardScene.StartAsync(dynalite, fauxqs);
        var group = scene.Ec2.AddGroup("web", Web);
        await scene.SortAsync("""{"command": "baseline", "groups": "all", "by": "me"}""");
        await scene.SettleAsync();
        var before = scene.Ec2.RulesText(group.Id);
        string Rule(string text) =>
            scene.Ec2.Rules(group.Id).Single(rule => $"{rule}".StartsWith(text, StringComparison.Ordinal)).Id;

        (string Action, (string, string)[] Parameters)[] changes =
        [
            ("RevokeSecurityGroupIngress", [("GroupId", group.Id), ("SecurityGroupRuleId.1", Rule("in tcp 443"))]),
            ("RevokeSecurityGroupIngress", RawEc2.Permission(group.Id, "udp 53 53 Ipv6Ranges.1.CidrIpv6=fd00::/8")),
            (
                "ModifySecurityGroupRules",
                [
                    ("GroupId", group.Id),
                    ("SecurityGroupRule.1.SecurityGroupRuleId", Rule("in tcp 22")),
                    ("SecurityGroupRule.1.SecurityGroupRule.IpProtocol", "tcp"),
                    ("SecurityGroupRule.1.SecurityGroupRule.FromPort", "0"),
                    ("SecurityGroupRule.1.SecurityGroupRule.ToPort", "65535"),
                    ("SecurityGroupRule.1.SecurityGroupRule.CidrIpv4", "0.0.0.0/0"),
                ]
            ),
            (
                "UpdateSecurityGroupRuleDescriptionsIngress",
                [
                    ("GroupId", group.Id),
                    ("SecurityGroupRuleDescription.1.SecurityGroupRuleId", Rule("in tcp 5432")),
                    ("SecurityGroupRuleDescription.1.Description", "nothing to see"),
                ]
            ),
            (
                "AuthorizeSecurityGroupEgress",
                RawEc2.Permission(group.Id, "tcp 25 25 IpRanges.1.CidrIp=198.51.100.0/24")
            ),
            ("RevokeSecurityGroupIngress", RawEc2.Permission(group.Id, "icmp 8 -1 IpRanges.1.CidrIp=10.0.0.0/8")),
        ];
        var modified = Rule("in tcp 22");
        foreach (var (action, parameters) in changes)
        {
            scene.Ec2.Perform(GuardScene.Mallory, action, parameters);
            Assert.NotEqual(before, scene.Ec2.RulesText(group.Id));
            await scene.SettleAsync();
            Assert.True(before == scene.Ec2.RulesText(group.Id), $"{action}: {scene.Ec2.RulesText(group.Id)}");
        }

        Assert.Equal(modified, Rule("in tcp 22"));
        Assert.All(
            await scene.NoticesAsync(),
            static notice => Assert.Equal("SecurityGroupChangeUndone", Label(Alert(notice), "alertname"))
        );
    }

    [Fact]
    public async Task What_was_allowed_stays_and_is_what_a_later_change_is_undone_to()
    {
        await using var scene = await GuardScene.StartAsync(dynalite, fauxqs);
        var group = scene.Ec2.AddGroup("web", Web);
        await scene.SortAsync($$"""{"command": "approve", "group": "{{group.Id}}"}""");
        await scene.SettleAsync();

        scene.Ec2.Perform(
            GuardScene.Deploy,
            "AuthorizeSecurityGroupIngress",
            RawEc2.Permission(group.Id, "tcp 8080 8080 IpRanges.1.CidrIp=10.1.0.0/16")
        );
        // Anyone may let this through, by policy; that is nobody's approval of it.
        scene.Ec2.Perform(
            GuardScene.Mallory,
            "AuthorizeSecurityGroupIngress",
            RawEc2.Permission(group.Id, "tcp 443 443 IpRanges.1.CidrIp=10.2.0.0/16")
        );
        await scene.SettleAsync();
        var approved = scene.Ec2.RulesText(group.Id);
        Assert.Contains("8080", approved, StringComparison.Ordinal);
        Assert.Contains("10.2.0.0/16", approved, StringComparison.Ordinal);

        scene.Ec2.Perform(
            GuardScene.Mallory,
            "RevokeSecurityGroupIngress",
            RawEc2.Permission(group.Id, "tcp 8080 8080 IpRanges.1.CidrIp=10.1.0.0/16")
        );
        await scene.SettleAsync();

        Assert.Equal(approved, scene.Ec2.RulesText(group.Id));
    }

    [Theory]
    [InlineData("observe", "not tried")]
    [InlineData("dry_run", "would have been done")]
    public async Task A_guard_that_only_looks_changes_nothing(string mode, string outcome)
    {
        await using var scene = await GuardScene.StartAsync(
            dynalite,
            fauxqs,
            GuardScene.Everything.Replace("enforce", mode, StringComparison.Ordinal)
        );
        var group = scene.Ec2.AddGroup("web", Web);
        scene.Ec2.Perform(GuardScene.Mallory, "AuthorizeSecurityGroupIngress", RawEc2.Permission(group.Id, OpenSsh));
        var open = scene.Ec2.RulesText(group.Id);
        await scene.SettleAsync();

        Assert.Equal(open, scene.Ec2.RulesText(group.Id));
        var notice = Alert(Assert.Single(await scene.NoticesAsync()));
        Assert.Equal("SecurityGroupChangeSeen", Label(notice, "alertname"));
        Assert.Contains(outcome, Annotation(notice, "description"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_tags_a_group_as_exempt_loses_the_tag_and_what_was_opened_under_it()
    {
        await using var scene = await GuardScene.StartAsync(dynalite, fauxqs);
        var group = scene.Ec2.AddGroup("web", Web);
        var before = scene.Ec2.RulesText(group.Id);
        scene.Ec2.Perform(
            GuardScene.Mallory,
            "CreateTags",
            ("ResourceId.1", group.Id),
            ("Tag.1.Key", "guard-exempt"),
            ("Tag.1.Value", "yes")
        );
        scene.Ec2.Perform(GuardScene.Mallory, "AuthorizeSecurityGroupIngress", RawEc2.Permission(group.Id, OpenSsh));
        await scene.SettleAsync();

        Assert.Equal(before, scene.Ec2.RulesText(group.Id));
        Assert.Empty(scene.Ec2.State.Group(group.Id).Tags);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_change_in_need_is_told_loudly_and_goes_when_its_time_is_over(bool hasBaseline)
    {
        await using var scene = await GuardScene.StartAsync(
            dynalite,
            fauxqs,
            GuardScene.Everything.Replace("for: 4h", "for: 1ms", StringComparison.Ordinal)
        );
        var group = scene.Ec2.AddGroup("web", Web);
        if (hasBaseline)
        {
            await scene.SortAsync("""{"command": "baseline", "groups": "all"}""");
            await scene.SettleAsync();
        }

        var before = scene.Ec2.RulesText(group.Id);
        scene.Ec2.Perform(
            new UserIdentity.AssumedRole("break-glass", "ops"),
            "AuthorizeSecurityGroupIngress",
            RawEc2.Permission(group.Id, OpenSsh)
        );
        await scene.SettleAsync();
        Assert.NotEqual(before, scene.Ec2.RulesText(group.Id));
        var notice = Alert(Assert.Single(await scene.NoticesAsync()));
        Assert.Equal(("SecurityGroupBreakGlass", "critical"), (Label(notice, "alertname"), Label(notice, "severity")));

        await scene.SortAsync("""{"command": "reconcile"}""");
        await scene.SettleAsync();
        Assert.Equal(before, scene.Ec2.RulesText(group.Id));
    }

    [Fact]
    public async Task What_no_event_told_of_is_found_by_comparison()
    {
        await using var scene = await GuardScene.StartAsync(dynalite, fauxqs);
        var group = scene.Ec2.AddGroup("web", Web);
        await scene.SortAsync("""{"command": "baseline", "groups": "all"}""");
        await scene.SettleAsync();
        var before = scene.Ec2.RulesText(group.Id);
        scene.Ec2.Perform(GuardScene.Mallory, "AuthorizeSecurityGroupIngress", RawEc2.Permission(group.Id, OpenSsh));
        scene.Ec2.CloudTrail.Clear();

        await scene.SortAsync("""{"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}}""");
        await scene.SettleAsync();

        Assert.Equal(before, scene.Ec2.RulesText(group.Id));
        Assert.Equal("SecurityGroupDrift", Label(Alert(Assert.Single(await scene.NoticesAsync())), "alertname"));
    }

    [Fact]
    public async Task A_group_deleted_by_who_may_is_forgotten_and_by_another_told_until_somebody_confirms_it()
    {
        await using var scene = await GuardScene.StartAsync(dynalite, fauxqs);
        string[] rules = ["in tcp 443 10.0.0.0/8"];
        var (first, second) = (scene.Ec2.AddGroup("first", rules), scene.Ec2.AddGroup("second", rules));
        await scene.SortAsync("""{"command": "baseline", "groups": "all"}""");
        await scene.SettleAsync();
        scene.Ec2.Perform(GuardScene.Deploy, "DeleteSecurityGroup", ("GroupId", first.Id));
        await scene.SettleAsync();
        Assert.Empty(await scene.NoticesAsync());

        scene.Ec2.Perform(GuardScene.Mallory, "DeleteSecurityGroup", ("GroupId", second.Id));
        await scene.SettleAsync();
        Assert.Equal(second.Id, Label(Alert(Assert.Single(await scene.NoticesAsync())), "group_id"));

        await scene.SortAsync("""{"command": "reconcile"}""");
        await scene.SettleAsync();
        Assert.Equal("SecurityGroupDrift", Label(Alert(Assert.Single(await scene.NoticesAsync())), "alertname"));

        await scene.SortAsync($$"""{"command": "approve", "group": "{{second.Id}}"}""");
        await scene.SortAsync("""{"command": "reconcile"}""");
        await scene.SettleAsync();
        Assert.Empty(await scene.NoticesAsync());
    }

    [Fact]
    public async Task A_prefix_list_that_somebody_widened_is_told()
    {
        await using var scene = await GuardScene.StartAsync(dynalite, fauxqs);
        await scene.SortAsync(Encoding.UTF8.GetString(SampleEvents.Read("cloudtrail/prefix-list.json")));
        await scene.SettleAsync();

        var notice = Alert(Assert.Single(await scene.NoticesAsync()));
        Assert.Equal("SecurityGroupChangeSeen", Label(notice, "alertname"));
        Assert.StartsWith("pl-", Label(notice, "group_id"), StringComparison.Ordinal);

        await using var quiet = await GuardScene.StartAsync(
            dynalite,
            fauxqs,
            GuardScene.Everything + "\napplied_groups: ignore\n"
        );
        await quiet.SortAsync(Encoding.UTF8.GetString(SampleEvents.Read("cloudtrail/prefix-list.json")));
        await quiet.SettleAsync();
        Assert.Empty(await quiet.NoticesAsync());
    }

    internal static JsonNode Alert(JsonNode notice) => Assert.Single(notice.AsArray())!;

    internal static string Label(JsonNode alert, string name) => (string?)alert["labels"]?[name] ?? "";

    internal static string Annotation(JsonNode alert, string name) => (string?)alert["annotations"]?[name] ?? "";
}
