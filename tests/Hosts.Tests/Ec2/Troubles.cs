using Hosts.Tests.Ec2.Trail;

namespace Hosts.Tests.Ec2;

/// <summary>What a test can plan for the calls to come.</summary>
public sealed class Troubles : IAsyncLifetime
{
    private Ec2Server server = null!;
    private RawEc2 ec2 = null!;

    public async Task InitializeAsync()
    {
        server = await Ec2Server.StartAsync();
        ec2 = new(server);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    private Task<string> AuthorizeAsync(string groupId, int port) =>
        ec2.OutcomeAsync(
            "AuthorizeSecurityGroupIngress",
            RawEc2.Permission(groupId, $"tcp {port} {port} IpRanges.1.CidrIp=10.0.0.0/8")
        );

    [Theory]
    [InlineData("Throttled", "503 RequestLimitExceeded")]
    [InlineData("InternalError", "500 InternalError")]
    [InlineData("Unavailable", "503 Unavailable")]
    public async Task Calls_fail_as_often_as_planned_and_do_nothing(string fault, string outcome)
    {
        var group = server.AddGroup("web", []);
        server.Faults.Next("AuthorizeSecurityGroupIngress", Enum.Parse<Ec2Fault>(fault), calls: 2);

        Assert.Equal("done", await ec2.OutcomeAsync("DescribeSecurityGroups"));
        Assert.Equal(outcome, await AuthorizeAsync(group.Id, 1));
        Assert.Equal(outcome, await AuthorizeAsync(group.Id, 1));
        Assert.Empty(server.Rules(group.Id));
        Assert.Equal("done", await AuthorizeAsync(group.Id, 1));
    }

    [Theory]
    [InlineData("LostRequest", "")]
    [InlineData("LostAnswer", "in tcp 1-1 10.0.0.0/8")]
    public async Task An_answer_may_be_lost_before_or_after_all_is_done(string fault, string rules)
    {
        var group = server.AddGroup("web", []);
        server.Faults.Next(null, Enum.Parse<Ec2Fault>(fault));

        await Assert.ThrowsAsync<HttpRequestException>(() => AuthorizeAsync(group.Id, 1));

        Assert.Equal(rules, server.RulesText(group.Id));
        Assert.Equal(rules.Length > 0, server.Calls.Single().IsDone);
        Assert.Equal(rules.Length > 0 ? 1 : 0, server.CloudTrail.Count);
        await BotocoreJudge.JudgeAsync(server);
    }

    [Theory]
    [InlineData("HangsBefore", "")]
    [InlineData("HangsAfter", "in tcp 1-1 10.0.0.0/8")]
    public async Task An_answer_may_never_come(string fault, string rules)
    {
        var group = server.AddGroup("web", []);
        server.Faults.Next(null, Enum.Parse<Ec2Fault>(fault));
        using var client = SdkTalks.Client(server);
        using var patience = new CancellationTokenSource();
        var arrived = server.NextAsync("AuthorizeSecurityGroupIngress");

        var call = client.AuthorizeSecurityGroupIngressAsync(
            new()
            {
                GroupId = group.Id,
                IpPermissions =
                [
                    new()
                    {
                        IpProtocol = "tcp",
                        FromPort = 1,
                        ToPort = 1,
                        Ipv4Ranges = [new() { CidrIp = "10.0.0.0/8" }],
                    },
                ],
            },
            patience.Token
        );
        Assert.Equal(rules.Length > 0, (await arrived.WaitAsync(TimeSpan.FromSeconds(30))).IsDone);
        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(rules, server.RulesText(group.Id));
    }

    [Fact]
    public async Task Reads_after_a_write_show_what_there_was_before_it_for_a_while()
    {
        var group = server.AddGroup("web", ["in tcp 1 10.0.0.0/8"]);
        server.Faults.StaleReads = 2;
        async Task<int> Count() =>
            (await ec2.SendAsync("DescribeSecurityGroupRules")).Xml.Descendants("securityGroupRuleId").Count();

        await AuthorizeAsync(group.Id, 2);

        Assert.Equal("400 InvalidPermission.Duplicate", await AuthorizeAsync(group.Id, 2));
        Assert.Equal((1, 1, 2), (await Count(), await Count(), await Count()));
        var (_, created) = await ec2.SendAsync("CreateSecurityGroup", ("GroupName", "db"), ("GroupDescription", "x"));
        var id = created.Element("groupId")!.Value;
        Task<string> Find() => ec2.OutcomeAsync("DescribeSecurityGroups", ("GroupId.1", id));
        Assert.Equal(
            ("400 InvalidGroup.NotFound", "400 InvalidGroup.NotFound", "done"),
            (await Find(), await Find(), await Find())
        );
    }

    [Fact]
    public async Task Who_may_not_or_does_not_sign_does_nothing()
    {
        var group = server.AddGroup("web", []);
        server.Faults.Deny("AuthorizeSecurityGroupIngress");
        Assert.Equal("403 UnauthorizedOperation", await AuthorizeAsync(group.Id, 1));
        Assert.Equal(
            "403 UnauthorizedOperation",
            await ec2.OutcomeAsync("AuthorizeSecurityGroupIngress", ("DryRun", "true"))
        );

        server.Faults.Allow("AuthorizeSecurityGroupIngress");
        Assert.Equal(
            "412 DryRunOperation",
            await ec2.OutcomeAsync("AuthorizeSecurityGroupIngress", ("DryRun", "true"))
        );

        ec2.AccessKey = null;
        Assert.Equal("401 AuthFailure", await AuthorizeAsync(group.Id, 1));
        ec2.AccessKey = "AKIDEXAMPLE";
        Assert.Equal("400 InvalidAction", await ec2.OutcomeAsync("DeleteEverything"));
        Assert.Equal("400 UnknownParameter", await ec2.OutcomeAsync("DescribeSecurityGroups", ("Filters.1.Name", "x")));
        Assert.Empty(server.Rules(group.Id));
        Assert.Equal(3, server.CloudTrail.Count);
        Assert.DoesNotContain(server.Calls, static call => call.IsDone);
    }

    [Fact]
    public async Task Of_many_who_add_the_same_rule_one_does()
    {
        var group = server.AddGroup("web", []);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => AuthorizeAsync(group.Id, i % 2)));

        Assert.Equal(2, outcomes.Count(static outcome => outcome == "done"));
        Assert.Equal(18, outcomes.Count(static outcome => outcome == "400 InvalidPermission.Duplicate"));
        Assert.Equal("in tcp 0-0 10.0.0.0/8\nin tcp 1-1 10.0.0.0/8", server.RulesText(group.Id));
        Assert.Equal(20, server.Calls.Count);
        Assert.Equal(20, server.CloudTrail.Count);
    }

    [Fact]
    public async Task Calls_are_noted_with_what_became_of_them_and_somebody_else_may_come_between()
    {
        var group = server.AddGroup("web", []);
        server.Admit("AKIDOTHER", new UserIdentity.IamUser("eve"));
        ec2.AccessKey = "AKIDOTHER";

        await AuthorizeAsync(group.Id, 1);
        server.Perform(
            new UserIdentity.Root(),
            "RevokeSecurityGroupIngress",
            ("GroupId", group.Id),
            ("SecurityGroupRuleId.1", server.Rules(group.Id)[0].Id)
        );
        Assert.Throws<Ec2Refusal>(() =>
            server.Perform(new UserIdentity.Root(), "DeleteSecurityGroup", ("GroupId", "sg-0ffffffffffffffff"))
        );

        Assert.Equal(
            [
                "AuthorizeSecurityGroupIngress: done",
                "RevokeSecurityGroupIngress: done",
                "DeleteSecurityGroup: InvalidGroup.NotFound",
            ],
            server.Calls.Select(static call => call.ToString())
        );
        Assert.Equal(
            [new UserIdentity.IamUser("eve"), new UserIdentity.Root(), new UserIdentity.Root()],
            server.Calls.Select(static call => call.Who)
        );
        Assert.Equal("10.0.0.0/8", server.Calls.First()["IpPermissions.1.IpRanges.1.CidrIp"]);
    }
}
