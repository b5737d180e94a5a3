using Hosts.Tests.Ec2.Stored;

namespace Hosts.Tests.Ec2;

/// <summary>What EC2 makes of the rules that it is given.</summary>
public sealed class RulesKept : IAsyncLifetime
{
    private Ec2Server server = null!;
    private RawEc2 ec2 = null!;

    public async Task InitializeAsync()
    {
        server = await Ec2Server.StartAsync();
        ec2 = new(server);
        server.Change(state =>
            state with
            {
                Peers = state.Peers.Add(
                    "sg-0aaaaaaaaaaaaaaaa",
                    new("sg-0aaaaaaaaaaaaaaaa", "210987654321", new("vpc-0bbbbbbbbbbbbbbbb", "pcx-0cccccccccccccccc"))
                ),
                PrefixLists = state.PrefixLists.Add("pl-0dddddddd", 3),
            }
        );
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [InlineData("tcp 22 22 IpRanges.1.CidrIp=100.68.0.18/18", "in tcp 22-22 100.68.0.0/18")]
    [InlineData("6 22 23 IpRanges.1.CidrIp=10.1.2.3/32", "in tcp 22-23 10.1.2.3/32")]
    [InlineData("TCP 0 65535 IpRanges.1.CidrIp=10.1.2.3/0", "in tcp 0-65535 0.0.0.0/0")]
    [InlineData("17 53 53 Ipv6Ranges.1.CidrIpv6=2001:DB8:0:0::1/33", "in udp 53-53 2001:db8::/33")]
    [InlineData("udp 53 53 Ipv6Ranges.1.CidrIpv6=::1/0", "in udp 53-53 ::/0")]
    [InlineData("1 8 -1 IpRanges.1.CidrIp=10.0.0.0/8", "in icmp 8--1 10.0.0.0/8")]
    [InlineData("icmp -1 -1 IpRanges.1.CidrIp=10.0.0.0/8", "in icmp -1--1 10.0.0.0/8")]
    [InlineData("58 - - Ipv6Ranges.1.CidrIpv6=::/0", "in icmpv6 -1--1 ::/0")]
    [InlineData("-1 - - IpRanges.1.CidrIp=0.0.0.0/0", "in -1 -1--1 0.0.0.0/0")]
    [InlineData("-1 22 22 IpRanges.1.CidrIp=0.0.0.0/0", "in -1 -1--1 0.0.0.0/0")]
    [InlineData("50 0 0 IpRanges.1.CidrIp=10.0.0.0/8", "in 50 -1--1 10.0.0.0/8")]
    [InlineData("tcp 1 2 PrefixListIds.1.PrefixListId=pl-0dddddddd", "in tcp 1-2 pl-0dddddddd")]
    [InlineData("tcp 1 2 Groups.1.GroupId=sg-00000000000000001", "in tcp 1-2 sg-00000000000000001")]
    [InlineData(
        "tcp 1 2 Groups.1.GroupId=sg-0aaaaaaaaaaaaaaaa Groups.1.UserId=210987654321",
        "in tcp 1-2 sg-0aaaaaaaaaaaaaaaa"
    )]
    [InlineData(
        "tcp 1 2 IpRanges.1.CidrIp=10.0.0.0/8 IpRanges.1.Description=a IpRanges.2.CidrIp=10.0.0.0/9 Ipv6Ranges.1.CidrIpv6=::/0",
        "in tcp 1-2 10.0.0.0/8 a\nin tcp 1-2 10.0.0.0/9\nin tcp 1-2 ::/0"
    )]
    public async Task A_permission_becomes_a_rule_for_each_of_its_targets(string permission, string rules)
    {
        var group = server.AddGroup("web", []);

        Assert.Equal(
            "done",
            await ec2.OutcomeAsync("AuthorizeSecurityGroupIngress", RawEc2.Permission(group.Id, permission))
        );

        Assert.Equal(rules, server.RulesText(group.Id));
        Assert.All(server.Rules(group.Id), static rule => Assert.Matches("^sgr-[0-9a-f]{17}$", rule.Id));
        Assert.Equal(rules, string.Join('\n', rules.Split('\n').Select(static text => $"{RuleText.Parse(text)}")));
    }

    [Theory]
    [InlineData("tcp 22 22 IpRanges.1.CidrIp=10.0.0.0", "400 InvalidParameterValue")]
    [InlineData("tcp 22 22 IpRanges.1.CidrIp=10.0.0.0/33", "400 InvalidParameterValue")]
    [InlineData("tcp 22 22 IpRanges.1.CidrIp=10.0/8", "400 InvalidParameterValue")]
    [InlineData("tcp 22 22 IpRanges.1.CidrIp=::/0", "400 InvalidParameterValue")]
    [InlineData("tcp 22 22 Ipv6Ranges.1.CidrIpv6=10.0.0.0/8", "400 InvalidParameterValue")]
    [InlineData("tcp 22 22 IpRanges.1.CidrIp=10.0.0.0/8 IpRanges.1.Description=ü", "400 InvalidParameterValue")]
    [InlineData("tcp 23 22 IpRanges.1.CidrIp=10.0.0.0/8", "400 InvalidParameterValue")]
    [InlineData("tcp 0 65536 IpRanges.1.CidrIp=10.0.0.0/8", "400 InvalidParameterValue")]
    [InlineData("tcp -1 -1 IpRanges.1.CidrIp=10.0.0.0/8", "400 InvalidParameterValue")]
    [InlineData("tcp - - IpRanges.1.CidrIp=10.0.0.0/8", "400 InvalidParameterValue")]
    [InlineData("tcp x 22 IpRanges.1.CidrIp=10.0.0.0/8", "400 InvalidParameterValue")]
    [InlineData("icmp -1 8 IpRanges.1.CidrIp=10.0.0.0/8", "400 InvalidParameterValue")]
    [InlineData("icmp - - IpRanges.1.CidrIp=10.0.0.0/8", "400 InvalidParameterValue")]
    [InlineData("telnet 1 2 IpRanges.1.CidrIp=10.0.0.0/8", "400 InvalidParameterValue")]
    [InlineData("256 1 2 IpRanges.1.CidrIp=10.0.0.0/8", "400 InvalidParameterValue")]
    [InlineData("tcp 22 22", "400 MissingParameter")]
    [InlineData("tcp 22 22 PrefixListIds.1.PrefixListId=pl-1", "400 InvalidPrefixListID.NotFound")]
    [InlineData("tcp 22 22 Groups.1.GroupId=sg-0ffffffffffffffff", "400 InvalidGroup.NotFound")]
    [InlineData("tcp 22 22 Groups.1.GroupId=web", "400 InvalidGroupId.Malformed")]
    [InlineData(
        "tcp 22 22 Groups.1.GroupId=sg-0aaaaaaaaaaaaaaaa Groups.1.UserId=123456789012",
        "400 InvalidGroup.NotFound"
    )]
    [InlineData("tcp 22 22 IpRanges.1.CidrIp=10.0.0.1/8", "400 InvalidPermission.Duplicate")]
    [InlineData(
        "tcp 22 22 IpRanges.1.CidrIp=10.0.0.0/8 IpRanges.1.Description=other",
        "400 InvalidPermission.Duplicate"
    )]
    [InlineData("tcp 22 22 Ipv6Ranges.1.CidrIpv6=::/0 IpRanges.1.CidrIp=10.0.0.0/8", "400 InvalidPermission.Duplicate")]
    [InlineData("tcp 23 23 IpRanges.1.CidrIp=10.0.0.0/8 IpRanges.2.CidrIp=10.0.0.1/8", "400 InvalidParameterValue")]
    public async Task What_cannot_be_a_rule_is_refused_and_nothing_is_kept(string permission, string outcome)
    {
        var group = server.AddGroup("web", ["in tcp 22 10.0.0.0/8"]);

        Assert.Equal(
            outcome,
            await ec2.OutcomeAsync("AuthorizeSecurityGroupIngress", RawEc2.Permission(group.Id, permission))
        );

        Assert.Equal("in tcp 22-22 10.0.0.0/8", server.RulesText(group.Id));
    }

    [Fact]
    public async Task A_rule_that_is_there_already_is_told_in_EC2s_words()
    {
        var group = server.AddGroup("web", ["in tcp 22 0.0.0.0/0", "in -1 all self"]);

        var (_, port) = await ec2.SendAsync(
            "AuthorizeSecurityGroupIngress",
            RawEc2.Permission(group.Id, "tcp 22 22 IpRanges.1.CidrIp=0.0.0.0/0")
        );
        var (_, all) = await ec2.SendAsync(
            "AuthorizeSecurityGroupIngress",
            RawEc2.Permission(group.Id, $"-1 - - Groups.1.GroupId={group.Id}")
        );

        Assert.Equal(
            "the specified rule \"peer: 0.0.0.0/0, TCP, from port: 22, to port: 22, ALLOW\" already exists",
            port.Descendants("Message").Single().Value
        );
        Assert.Equal(
            $"the specified rule \"peer: {group.Id}, ALL, ALLOW\" already exists",
            all.Descendants("Message").Single().Value
        );
    }

    [Fact]
    public async Task Rules_are_limited_in_either_direction_and_family()
    {
        server.Change(static state => state with { RulesPerGroup = 3 });
        var group = server.AddGroup("web", ["in tcp 1 10.0.0.0/8", "in tcp 2 self", "in tcp 1 ::/0"]);
        Task<string> Authorize(string direction, string target) =>
            ec2.OutcomeAsync("AuthorizeSecurityGroup" + direction, RawEc2.Permission(group.Id, $"tcp 9 9 {target}"));

        Assert.Equal(
            "400 RulesPerSecurityGroupLimitExceeded",
            await Authorize("Ingress", "PrefixListIds.1.PrefixListId=pl-0dddddddd")
        );
        Assert.Equal("done", await Authorize("Ingress", "IpRanges.1.CidrIp=10.0.0.0/8"));
        Assert.Equal(
            "400 RulesPerSecurityGroupLimitExceeded",
            await Authorize("Ingress", "IpRanges.1.CidrIp=10.0.0.0/9")
        );
        Assert.Equal("done", await Authorize("Ingress", "Ipv6Ranges.1.CidrIpv6=::/0"));
        Assert.Equal("done", await Authorize("Egress", "IpRanges.1.CidrIp=10.0.0.0/9"));
    }

    [Fact]
    public async Task The_parameters_from_before_permissions_are_understood()
    {
        var group = server.AddGroup("web", [], vpcId: null);

        await ec2.SendAsync(
            "AuthorizeSecurityGroupIngress",
            ("GroupName", "web"),
            ("IpProtocol", "tcp"),
            ("FromPort", "22"),
            ("ToPort", "22"),
            ("CidrIp", "10.0.0.9/8")
        );
        await ec2.SendAsync("AuthorizeSecurityGroupIngress", ("GroupName", "web"), ("SourceSecurityGroupName", "web"));

        Assert.Equal(
            $"in icmp -1--1 {group.Id}\nin tcp 0-65535 {group.Id}\nin tcp 22-22 10.0.0.0/8\nin udp 0-65535 {group.Id}",
            server.RulesText(group.Id)
        );
        Assert.Equal(
            "400 InvalidGroup.NotFound",
            await ec2.OutcomeAsync("RevokeSecurityGroupIngress", ("GroupName", "db"), ("IpProtocol", "-1"))
        );
    }
}
