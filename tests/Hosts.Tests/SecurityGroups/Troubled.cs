using System.Text.Json.Nodes;
using Hosts.Tests.Ec2;
using Hosts.Tests.Support;

namespace Hosts.Tests.SecurityGroups;

/// <summary>What can go wrong between an event and its undoing, and what becomes of it.</summary>
public sealed class Troubled(Dynalite dynalite, Fauxqs fauxqs) : IClassFixture<Dynalite>, IClassFixture<Fauxqs>
{
    private static readonly string[] Web = ["in tcp 443 10.0.0.0/8 office", "out -1 all 0.0.0.0/0"];

    private const string OpenSsh = "tcp 22 22 IpRanges.1.CidrIp=0.0.0.0/0";

    private const string OpenTwo = "tcp 22 22 IpRanges.1.CidrIp=0.0.0.0/0 Ipv6Ranges.1.CidrIpv6=::/0";

    [Fact]
    public async Task Throttling_lost_answers_and_late_descriptions_make_no_difference()
    {
        await using var scene = await GuardScene.StartAsync(dynalite, fauxqs);
        var group = scene.Ec2.AddGroup("web", Web);
        var before = scene.Ec2.RulesText(group.Id);
        scene.Ec2.Faults.Next("DescribeSecurityGroupRules", Ec2Fault.Throttled, 2);
        scene.Ec2.Faults.Next("RevokeSecurityGroupIngress", Ec2Fault.InternalError);
        scene.Ec2.Faults.Next("RevokeSecurityGroupIngress", Ec2Fault.LostAnswer);
        scene.Ec2.Faults.StaleReads = 3;
        scene.Ec2.Perform(GuardScene.Mallory, "AuthorizeSecurityGroupIngress", RawEc2.Permission(group.Id, OpenTwo));
        await scene.SettleAsync();

        Assert.Equal(before, scene.Ec2.RulesText(group.Id));
        var notice = Undone.Alert(Assert.Single(await scene.NoticesAsync()));
        Assert.Equal("SecurityGroupChangeUndone", Undone.Label(notice, "alertname"));
        await BotocoreJudge.JudgeAsync(scene.Ec2);
    }

    [Fact]
    public async Task What_AWS_refuses_is_a_critical_alert_and_put_aside()
    {
        await using var scene = await GuardScene.StartAsync(dynalite, fauxqs);
        var group = scene.Ec2.AddGroup("web", Web);
        var before = scene.Ec2.RulesText(group.Id);
        scene.Ec2.Perform(GuardScene.Mallory, "AuthorizeSecurityGroupIngress", RawEc2.Permission(group.Id, OpenTwo));
        scene.Ec2.Faults.Deny("RevokeSecurityGroupIngress");
        await scene.SettleAsync();

        var notice = Undone.Alert(Assert.Single(await scene.NoticesAsync()));
        Assert.Equal(
            ("SecurityGroupChangeNotUndone", "critical"),
            (Undone.Label(notice, "alertname"), Undone.Label(notice, "severity"))
        );
        Assert.Contains("UnauthorizedOperation", Undone.Annotation(notice, "description"), StringComparison.Ordinal);
        var failure = Assert.Single(await scene.FailuresAsync()).AsObject();
        Assert.Equal("AuthorizeSecurityGroupIngress", (string?)failure["detail"]!["eventName"]);

        // Sent again by a person, once the role may.
        scene.Ec2.Faults.Allow("RevokeSecurityGroupIngress");
        await scene.WorkUntilDoneAsync(scene.Guard, group.Id, failure);
        Assert.Equal(before, scene.Ec2.RulesText(group.Id));
        Assert.Equal(
            "SecurityGroupChangeUndone",
            Undone.Label(Undone.Alert(Assert.Single(await scene.NoticesAsync())), "alertname")
        );
    }

    [Fact]
    public async Task An_event_that_comes_again_is_known_and_told_once()
    {
        await using var scene = await GuardScene.StartAsync(dynalite, fauxqs);
        var group = scene.Ec2.AddGroup("web", Web);
        scene.Ec2.Perform(GuardScene.Mallory, "AuthorizeSecurityGroupIngress", RawEc2.Permission(group.Id, OpenSsh));
        Assert.True(scene.Ec2.CloudTrail.TryDequeue(out var told));
        await scene.SortAsync(told.ToJsonString());
        var message = await scene.NextAsync();
        Assert.True(await scene.WorkAsync(message!));
        var calls = scene.Ec2.Calls.Count;
        Assert.True(await scene.WorkAsync(message!, receives: 2));

        Assert.Equal(calls, scene.Ec2.Calls.Count);
        Assert.Single(await scene.NoticesAsync());
    }

    [Fact]
    public async Task Who_does_it_again_and_again_wins_no_fight_but_a_person_is_called()
    {
        await using var scene = await GuardScene.StartAsync(dynalite, fauxqs);
        var group = scene.Ec2.AddGroup("web", Web);
        var before = scene.Ec2.RulesText(group.Id);
        for (var time = 0; time < 3; time++)
        {
            scene.Ec2.Perform(
                GuardScene.Mallory,
                "AuthorizeSecurityGroupIngress",
                RawEc2.Permission(group.Id, OpenSsh)
            );
            await scene.SettleAsync();
            Assert.Equal(before, scene.Ec2.RulesText(group.Id));
        }

        _ = await scene.NoticesAsync();
        scene.Ec2.Perform(GuardScene.Mallory, "AuthorizeSecurityGroupIngress", RawEc2.Permission(group.Id, OpenSsh));
        await scene.SettleAsync();

        Assert.NotEqual(before, scene.Ec2.RulesText(group.Id));
        var notice = Undone.Alert(Assert.Single(await scene.NoticesAsync()));
        Assert.Equal("critical", Undone.Label(notice, "severity"));
        Assert.Contains("again and again", Undone.Annotation(notice, "description"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_events_at_once_for_one_group_both_are_undone()
    {
        await using var scene = await GuardScene.StartAsync(dynalite, fauxqs);
        var group = scene.Ec2.AddGroup("web", Web);
        var before = scene.Ec2.RulesText(group.Id);
        scene.Ec2.Perform(GuardScene.Mallory, "AuthorizeSecurityGroupIngress", RawEc2.Permission(group.Id, OpenSsh));
        scene.Ec2.Perform(
            GuardScene.Mallory,
            "RevokeSecurityGroupIngress",
            RawEc2.Permission(group.Id, "tcp 443 443 IpRanges.1.CidrIp=10.0.0.0/8")
        );
        var told = scene.Ec2.CloudTrail.ToArray();
        scene.Ec2.CloudTrail.Clear();
        // Past the queue, which would keep them apart: two guards at the same time.
        await using var second = await scene.StartSecondGuardAsync();
        await Task.WhenAll(
            told.Reverse()
                .Select((each, i) => scene.WorkUntilDoneAsync(i == 0 ? scene.Guard : second.Api, group.Id, each))
        );
        await scene.SettleAsync();

        Assert.Equal(before, scene.Ec2.RulesText(group.Id));
    }

    [Fact]
    public async Task Without_a_policy_nothing_is_decided_and_at_the_last_try_that_is_told()
    {
        await using var scene = await GuardScene.StartAsync(dynalite, fauxqs, "mode: enforse\nallow: {}\n");
        var group = scene.Ec2.AddGroup("web", Web);
        scene.Ec2.Perform(GuardScene.Mallory, "AuthorizeSecurityGroupIngress", RawEc2.Permission(group.Id, OpenSsh));
        Assert.True(scene.Ec2.CloudTrail.TryDequeue(out var told));
        await scene.SortAsync(told.ToJsonString());
        var message = await scene.NextAsync();

        Assert.False(await scene.WorkAsync(message!));
        Assert.Empty(await scene.NoticesAsync());
        Assert.True(await scene.WorkAsync(message!, SecurityGroupGuard.Names.MostReceives));

        var notice = Undone.Alert(Assert.Single(await scene.NoticesAsync()));
        Assert.Equal("SecurityGroupGuardFailed", Undone.Label(notice, "alertname"));
        Assert.Contains("enforse", Undone.Annotation(notice, "summary"), StringComparison.Ordinal);
        Assert.Single(await scene.FailuresAsync());
    }

    [Fact]
    public async Task What_a_modified_rule_was_before_is_told_by_AWS_Config_where_there_is_no_baseline()
    {
        await using var scene = await GuardScene.StartAsync(dynalite, fauxqs);
        var group = scene.Ec2.AddGroup("web", Web);
        var before = scene.Ec2.Rules(group.Id);
        var rule = before.Single(static rule => !rule.IsEgress).Id;
        scene.Ec2.Perform(
            GuardScene.Mallory,
            "ModifySecurityGroupRules",
            ("GroupId", group.Id),
            ("SecurityGroupRule.1.SecurityGroupRuleId", rule),
            ("SecurityGroupRule.1.SecurityGroupRule.IpProtocol", "tcp"),
            ("SecurityGroupRule.1.SecurityGroupRule.FromPort", "443"),
            ("SecurityGroupRule.1.SecurityGroupRule.ToPort", "443"),
            ("SecurityGroupRule.1.SecurityGroupRule.CidrIpv4", "0.0.0.0/0")
        );
        await scene.SettleAsync();
        Assert.Equal("critical", Undone.Label(Undone.Alert(Assert.Single(await scene.NoticesAsync())), "severity"));

        await scene.SortAsync(ConfigItem(group.Id));
        await scene.SettleAsync();

        Assert.Equal(before, scene.Ec2.Rules(group.Id));
        Assert.Equal(
            "SecurityGroupChangeUndone",
            Undone.Label(Undone.Alert(Assert.Single(await scene.NoticesAsync())), "alertname")
        );
    }

    private static string ConfigItem(string group)
    {
        static JsonObject Permission(string cidr, string? description) =>
            new()
            {
                ["ipProtocol"] = "tcp",
                ["fromPort"] = 443,
                ["toPort"] = 443,
                ["ipv4Ranges"] = new JsonArray(new JsonObject { ["cidrIp"] = cidr, ["description"] = description }),
                ["ipv6Ranges"] = new JsonArray(),
                ["prefixListIds"] = new JsonArray(),
                ["userIdGroupPairs"] = new JsonArray(),
                ["ipRanges"] = new JsonArray(cidr),
            };

        return new JsonObject
        {
            ["source"] = "aws.config",
            ["detail-type"] = "Config Configuration Item Change",
            ["account"] = "123456789012",
            ["region"] = "eu-central-1",
            ["detail"] = new JsonObject
            {
                ["messageType"] = "ConfigurationItemChangeNotification",
                ["configurationItemDiff"] = new JsonObject
                {
                    ["changeType"] = "UPDATE",
                    ["changedProperties"] = new JsonObject
                    {
                        ["Configuration.IpPermissions.0"] = new JsonObject
                        {
                            ["previousValue"] = Permission("10.0.0.0/8", "office"),
                            ["updatedValue"] = null,
                            ["changeType"] = "DELETE",
                        },
                        ["Configuration.IpPermissions.1"] = new JsonObject
                        {
                            ["previousValue"] = null,
                            ["updatedValue"] = Permission("0.0.0.0/0", null),
                            ["changeType"] = "CREATE",
                        },
                    },
                },
                ["configurationItem"] = new JsonObject
                {
                    ["configurationItemCaptureTime"] = DateTimeOffset.UtcNow.ToString("O"),
                    ["configurationItemStatus"] = "OK",
                    ["awsAccountId"] = "123456789012",
                    ["awsRegion"] = "eu-central-1",
                    ["resourceType"] = "AWS::EC2::SecurityGroup",
                    ["resourceId"] = group,
                    ["configuration"] = new JsonObject
                    {
                        ["groupId"] = group,
                        ["groupName"] = "web",
                        ["ownerId"] = "123456789012",
                        ["ipPermissions"] = new JsonArray(Permission("0.0.0.0/0", null)),
                        ["ipPermissionsEgress"] = new JsonArray(
                            new JsonObject
                            {
                                ["ipProtocol"] = "-1",
                                ["ipv4Ranges"] = new JsonArray(new JsonObject { ["cidrIp"] = "0.0.0.0/0" }),
                            }
                        ),
                        ["tags"] = new JsonArray(),
                    },
                },
            },
        }.ToJsonString();
    }
}
