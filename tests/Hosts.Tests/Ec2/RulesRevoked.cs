namespace Hosts.Tests.Ec2;

/// <summary>How rules go and are changed.</summary>
public sealed class RulesRevoked : IAsyncLifetime
{
    private Ec2Server server = null!;
    private RawEc2 ec2 = null!;

    public async Task InitializeAsync()
    {
        server = await Ec2Server.StartAsync();
        ec2 = new(server);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    private const string OneOfTwo = "tcp 22 22 IpRanges.1.CidrIp=10.0.0.0/8 IpRanges.2.CidrIp=10.0.0.0/9";

    [Fact]
    public async Task One_value_without_a_rule_keeps_all_rules()
    {
        var group = server.AddGroup("web", ["in tcp 22 10.0.0.0/8 office"]);

        Assert.Equal(
            "400 InvalidPermission.NotFound",
            await ec2.OutcomeAsync("RevokeSecurityGroupIngress", RawEc2.Permission(group.Id, OneOfTwo))
        );

        Assert.Equal("in tcp 22-22 10.0.0.0/8 office", server.RulesText(group.Id));
    }

    [Fact]
    public async Task In_the_default_VPC_what_is_unknown_is_told_and_the_rest_goes()
    {
        var group = server.AddGroup("web", ["in tcp 22 10.0.0.0/8 office"], vpcId: null);

        var (_, xml) = await ec2.SendAsync("RevokeSecurityGroupIngress", RawEc2.Permission(group.Id, OneOfTwo));

        Assert.Equal("", server.RulesText(group.Id));
        Assert.Equal("10.0.0.0/9", xml.Element("unknownIpPermissionSet")!.Descendants("cidrIp").Single().Value);
        var revoked = xml.Element("revokedSecurityGroupRuleSet")!.Elements("item").Single();
        Assert.Equal(
            [
                "securityGroupRuleId",
                "groupId",
                "isEgress",
                "ipProtocol",
                "fromPort",
                "toPort",
                "cidrIpv4",
                "description",
            ],
            revoked.Elements().Select(static element => element.Name.LocalName)
        );
        Assert.Equal("office", revoked.Element("description")!.Value);
    }

    [Theory]
    [InlineData("Ingress", "in", "done", "out -1 -1--1 0.0.0.0/0")]
    [InlineData("Egress", "out", "done", "in tcp 22-22 10.0.0.0/8")]
    [InlineData(
        "Ingress",
        "out",
        "400 InvalidSecurityGroupRuleId.NotFound",
        "in tcp 22-22 10.0.0.0/8\nout -1 -1--1 0.0.0.0/0"
    )]
    [InlineData(
        "Ingress",
        "in out",
        "400 InvalidSecurityGroupRuleId.NotFound",
        "in tcp 22-22 10.0.0.0/8\nout -1 -1--1 0.0.0.0/0"
    )]
    [InlineData("Ingress", "in in", "400 InvalidParameterValue", "in tcp 22-22 10.0.0.0/8\nout -1 -1--1 0.0.0.0/0")]
    [InlineData(
        "Ingress",
        "in sgr-0ffffffffffffffff",
        "400 InvalidSecurityGroupRuleId.NotFound",
        "in tcp 22-22 10.0.0.0/8\nout -1 -1--1 0.0.0.0/0"
    )]
    [InlineData(
        "Ingress",
        "in x",
        "400 InvalidSecurityGroupRuleId.Malformed",
        "in tcp 22-22 10.0.0.0/8\nout -1 -1--1 0.0.0.0/0"
    )]
    public async Task Rules_go_by_their_ids_all_or_none(string direction, string ids, string outcome, string left)
    {
        var group = server.AddGroup("web", ["in tcp 22 10.0.0.0/8", "out -1 all 0.0.0.0/0"]);
        var fields = ids.Split(' ')
            .Select(id =>
                id is "in" or "out" ? server.Rules(group.Id).Single(rule => rule.IsEgress == (id == "out")).Id : id
            )
            .Select(static (id, i) => ($"SecurityGroupRuleId.{i + 1}", id));

        Assert.Equal(
            outcome,
            await ec2.OutcomeAsync($"RevokeSecurityGroup{direction}", [("GroupId", group.Id), .. fields])
        );

        Assert.Equal(left, server.RulesText(group.Id));
    }

    [Fact]
    public async Task A_changed_rule_keeps_its_id_and_nothing_that_was_not_said_again()
    {
        var group = server.AddGroup("web", ["in tcp 22 10.0.0.0/8 office", "in tcp 23 10.0.0.0/8"]);
        var rule = server.Rules(group.Id)[0];
        Task<string> Modify(params (string Name, string Value)[] fields) =>
            ec2.OutcomeAsync(
                "ModifySecurityGroupRules",
                [
                    ("GroupId", group.Id),
                    ("SecurityGroupRule.1.SecurityGroupRuleId", rule.Id),
                    .. fields.Select(static field =>
                        ("SecurityGroupRule.1.SecurityGroupRule." + field.Name, field.Value)
                    ),
                ]
            );

        Assert.Equal("done", await Modify(("IpProtocol", "-1"), ("CidrIpv4", "0.0.0.9/0")));

        Assert.Equal("in -1 -1--1 0.0.0.0/0", $"{server.Rules(group.Id)[0]}");
        Assert.Equal(rule.Id, server.Rules(group.Id)[0].Id);
        Assert.Equal("400 MissingParameter", await Modify(("IpProtocol", "-1")));
        Assert.Equal("400 MissingParameter", await Modify(("CidrIpv4", "10.0.0.0/8")));
        Assert.Equal(
            "400 InvalidParameterCombination",
            await Modify(("IpProtocol", "-1"), ("CidrIpv4", "10.0.0.0/8"), ("CidrIpv6", "::/0"))
        );
        Assert.Equal("400 InvalidParameterValue", await Modify(("IpProtocol", "-1"), ("CidrIpv6", "::/0")));
        Assert.Equal(
            "400 InvalidPermission.Duplicate",
            await Modify(("IpProtocol", "6"), ("FromPort", "23"), ("ToPort", "23"), ("CidrIpv4", "10.0.0.0/8"))
        );
        Assert.Equal("in -1 -1--1 0.0.0.0/0\nin tcp 23-23 10.0.0.0/8", server.RulesText(group.Id));
    }

    [Fact]
    public async Task Descriptions_are_replaced_by_id_or_by_permission_but_not_both()
    {
        var group = server.AddGroup("web", ["in tcp 22 10.0.0.0/8 office", "in tcp 23 10.0.0.0/8 lab"]);
        var first = server.Rules(group.Id)[0].Id;
        const string action = "UpdateSecurityGroupRuleDescriptionsIngress";

        await ec2.SendAsync(
            action,
            ("GroupId", group.Id),
            ("SecurityGroupRuleDescription.1.SecurityGroupRuleId", first),
            ("SecurityGroupRuleDescription.1.Description", "head office")
        );
        await ec2.SendAsync(action, RawEc2.Permission(group.Id, "tcp 23 23 IpRanges.1.CidrIp=10.0.0.0/8"));

        Assert.Equal("in tcp 22-22 10.0.0.0/8 head office\nin tcp 23-23 10.0.0.0/8", server.RulesText(group.Id));
        Assert.Equal(
            "400 InvalidPermission.NotFound",
            await ec2.OutcomeAsync(action, RawEc2.Permission(group.Id, OneOfTwo))
        );
        Assert.Equal(
            "400 InvalidParameterCombination",
            await ec2.OutcomeAsync(
                action,
                [
                    .. RawEc2.Permission(group.Id, OneOfTwo),
                    ("SecurityGroupRuleDescription.1.SecurityGroupRuleId", first),
                ]
            )
        );
        Assert.Equal(
            "400 InvalidSecurityGroupRuleId.NotFound",
            await ec2.OutcomeAsync(
                "UpdateSecurityGroupRuleDescriptionsEgress",
                ("GroupId", group.Id),
                ("SecurityGroupRuleDescription.1.SecurityGroupRuleId", first)
            )
        );
    }
}
