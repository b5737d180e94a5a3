using System.Collections.Immutable;
using Hosts.Tests.Ec2;
using Hosts.Tests.Support;

namespace Hosts.Tests.SecurityGroups;

/// <summary>Interfaces of a group that somebody opened to the world, where policy has a group for quarantine.</summary>
public sealed class KeptApart(Dynalite dynalite, Fauxqs fauxqs) : IClassFixture<Dynalite>, IClassFixture<Fauxqs>
{
    private const string Vpc = "vpc-0123456789abcdef0";

    private const string Closed = "in tcp 443-443 10.0.0.0/8 office\nout -1 -1--1 0.0.0.0/0";

    private const string OpenSsh = "tcp 22 22 IpRanges.1.CidrIp=0.0.0.0/0";

    private const string OpenToOne = "tcp 22 22 IpRanges.1.CidrIp=198.51.100.7/32";

    [Fact]
    public async Task An_instance_is_kept_apart_until_the_told_command_is_run_and_a_load_balancer_is_not()
    {
        await using var scene = await GuardScene.StartAsync(dynalite, fauxqs);
        var (web, other, quarantine) = Stage(scene, "enforce");
        scene.Ec2.Perform(GuardScene.Mallory, "AuthorizeSecurityGroupIngress", RawEc2.Permission(web, OpenSsh));
        await scene.SettleAsync();

        Assert.Equal(Closed, scene.Ec2.RulesText(web));
        Assert.Equal([quarantine], Groups(scene, "eni-1"));
        Assert.Equal([web], Groups(scene, "eni-lb"));
        Assert.Equal([other], Groups(scene, "eni-other"));
        var notice = Undone.Alert(Assert.Single(await scene.NoticesAsync()));
        Assert.Equal("SecurityGroupChangeUndone", Undone.Label(notice, "alertname"));
        Assert.Contains(
            $"keep eni-1 apart: {quarantine} for {other}, {web}: done",
            Undone.Annotation(notice, "description"),
            StringComparison.Ordinal
        );

        var release = Undone
            .Annotation(notice, "undo_command")
            .Split('\n')
            .Single(static line => line.Contains("modify-network-interface-attribute", StringComparison.Ordinal));
        await AwsCli.RunAsync(scene.Ec2, release);
        Assert.Equal([other, web], Groups(scene, "eni-1"));
        await BotocoreJudge.JudgeAsync(scene.Ec2);
    }

    [Fact]
    public async Task What_was_opened_but_is_not_forbidden_is_closed_and_keeps_nobody_apart()
    {
        await using var scene = await GuardScene.StartAsync(dynalite, fauxqs);
        var (web, other, _) = Stage(scene, "enforce");
        scene.Ec2.Perform(GuardScene.Mallory, "AuthorizeSecurityGroupIngress", RawEc2.Permission(web, OpenToOne));
        await scene.SettleAsync();

        Assert.Equal(Closed, scene.Ec2.RulesText(web));
        Assert.Equal([other, web], Groups(scene, "eni-1"));
    }

    [Theory]
    [InlineData("observe", "not tried")]
    [InlineData("dry_run", "would have been done")]
    public async Task Short_of_enforcing_it_is_only_told(string mode, string outcome)
    {
        await using var scene = await GuardScene.StartAsync(dynalite, fauxqs);
        var (web, other, quarantine) = Stage(scene, mode);
        scene.Ec2.Perform(GuardScene.Mallory, "AuthorizeSecurityGroupIngress", RawEc2.Permission(web, OpenSsh));
        await scene.SettleAsync();

        Assert.Equal([other, web], Groups(scene, "eni-1"));
        Assert.Contains(
            $"keep eni-1 apart: {quarantine} for {other}, {web}: {outcome}",
            Undone.Annotation(Undone.Alert(Assert.Single(await scene.NoticesAsync())), "description"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task That_AWS_refuses_it_is_a_critical_alert_and_the_rule_is_undone_all_the_same()
    {
        await using var scene = await GuardScene.StartAsync(dynalite, fauxqs);
        var (web, other, _) = Stage(scene, "enforce");
        scene.Ec2.Faults.Deny("ModifyNetworkInterfaceAttribute");
        scene.Ec2.Perform(GuardScene.Mallory, "AuthorizeSecurityGroupIngress", RawEc2.Permission(web, OpenSsh));
        await scene.SettleAsync();

        Assert.Equal(Closed, scene.Ec2.RulesText(web));
        Assert.Equal([other, web], Groups(scene, "eni-1"));
        var notice = Undone.Alert(Assert.Single(await scene.NoticesAsync()));
        Assert.Equal("critical", Undone.Label(notice, "severity"));
        Assert.Single(await scene.FailuresAsync());
    }

    /// <summary>Two that describe, one for interfaces, one that revokes, two that describe, one that keeps apart, one that looks.</summary>
    public static TheoryData<int, bool> EachCall()
    {
        var calls = new TheoryData<int, bool>();
        for (var call = 0; call < 8; call++)
        {
            calls.Add(call, false);
            calls.Add(call, true);
        }

        return calls;
    }

    [Theory]
    [MemberData(nameof(EachCall))]
    public async Task A_guard_that_is_killed_at_any_call_is_followed_by_one_that_ends_its_work(int call, bool isDone)
    {
        await using var scene = await GuardScene.StartAsync(dynalite, fauxqs);
        var (web, other, quarantine) = Stage(scene, "enforce");
        var before = scene.Ec2.RulesText(web);
        scene.Ec2.Perform(GuardScene.Mallory, "AuthorizeSecurityGroupIngress", RawEc2.Permission(web, OpenSsh));
        Assert.True(scene.Ec2.CloudTrail.TryDequeue(out var told));
        await scene.SortAsync(told.ToJsonString());
        var message = await scene.NextAsync();

        scene.Ec2.Faults.Next(null, null, call);
        scene.Ec2.Faults.Next(null, isDone ? Ec2Fault.HangsAfter : Ec2Fault.HangsBefore);
        var reached = scene.Ec2.NextAsync(static each => each.Fault is not null);
        using var killed = new CancellationTokenSource();
        var working = scene.WorkAsync(message!, 1, killed.Token);
        await reached;
        scene.GuardProcess.Signal(ChildProcess.Kill);
        await scene.GuardProcess.Ended;
        await killed.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => working);

        await scene.StartAnotherGuardAsync();
        Assert.True(await scene.WorkAsync(message!, receives: 2));
        await scene.SettleAsync();
        Assert.Equal(before, scene.Ec2.RulesText(web));
        Assert.Equal([quarantine], Groups(scene, "eni-1"));
        var description = Undone.Annotation(Undone.Alert(Assert.Single(await scene.NoticesAsync())), "description");
        Assert.Contains("from 0.0.0.0/0: done", description, StringComparison.Ordinal);
        Assert.Contains($"{quarantine} for {other}, {web}: done", description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_of_another_account_is_worked_on_as_the_role_there()
    {
        await using var scene = await GuardScene.StartAsync(dynalite, fauxqs, account: "444455556666");
        var (web, _, quarantine) = Stage(scene, "enforce");
        var before = scene.Ec2.RulesText(web);
        scene.Ec2.Perform(GuardScene.Mallory, "AuthorizeSecurityGroupIngress", RawEc2.Permission(web, OpenSsh));
        await scene.SettleAsync();

        Assert.Equal(before, scene.Ec2.RulesText(web));
        Assert.Equal([quarantine], Groups(scene, "eni-1"));
        // What the guard did there is known for its own: nothing else was told.
        Assert.Single(await scene.NoticesAsync());
    }

    /// <summary>An instance with two groups, a load balancer with one of them, and an instance that has nothing to do with it.</summary>
    private static (string Web, string Other, string Quarantine) Stage(GuardScene scene, string mode)
    {
        var quarantine = scene.Ec2.AddGroup("quarantine", []).Id;
        var other = scene.Ec2.AddGroup("other", []).Id;
        var web = scene.Ec2.AddGroup("web", ["in tcp 443 10.0.0.0/8 office", "out -1 all 0.0.0.0/0"]).Id;
        scene.Ec2.Change(state =>
            state with
            {
                Interfaces = state
                    .Interfaces.Add("eni-1", new("eni-1", Vpc, [other, web]))
                    .Add("eni-lb", new("eni-lb", Vpc, [web], InstanceId: null))
                    .Add("eni-other", new("eni-other", Vpc, [other])),
            }
        );
        scene.Policy(
            GuardScene.Everything.Replace("mode: enforce", $"mode: {mode}", StringComparison.Ordinal)
                + $"\nquarantine: [{{vpc: {Vpc}, group: {quarantine}}}]"
        );
        return (web, other, quarantine);
    }

    private static ImmutableList<string> Groups(GuardScene scene, string id) => scene.Ec2.State.Interfaces[id].GroupIds;
}
