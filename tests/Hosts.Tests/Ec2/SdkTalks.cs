using System.Text.Json;
using System.Text.Json.Nodes;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.Runtime;

namespace Hosts.Tests.Ec2;

/// <summary>AWS's own client against the server, and botocore's model as judge of what both said.</summary>
public sealed class SdkTalks : IAsyncLifetime, IDisposable
{
    private Ec2Server server = null!;
    private AmazonEC2Client ec2 = null!;

    public async Task InitializeAsync()
    {
        server = await Ec2Server.StartAsync();
        server.Change(static state =>
            state with
            {
                PrefixLists = state.PrefixLists.Add("pl-0dddddddd", 3),
                Peers = state.Peers.Add(
                    "sg-0aaaaaaaaaaaaaaaa",
                    new("sg-0aaaaaaaaaaaaaaaa", "210987654321", new("vpc-0bbbbbbbbbbbbbbbb", "pcx-0cccccccccccccccc"))
                ),
            }
        );
        ec2 = Client(server);
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    public void Dispose() => ec2.Dispose();

    internal static AmazonEC2Client Client(Ec2Server server) =>
        new(
            new BasicAWSCredentials("AKIDEXAMPLE", "secret"),
            new AmazonEC2Config
            {
                ServiceURL = server.Url,
                AuthenticationRegion = "eu-central-1",
                MaxErrorRetry = 0,
                Timeout = TimeSpan.FromSeconds(30),
            }
        );

    private async Task<string> NewGroupAsync(string name) =>
        (
            await ec2.CreateSecurityGroupAsync(
                new()
                {
                    GroupName = name,
                    Description = "of the web",
                    VpcId = "vpc-0123456789abcdef0",
                    TagSpecifications =
                    [
                        new() { ResourceType = ResourceType.SecurityGroup, Tags = [new("owner", "ops")] },
                    ],
                }
            )
        ).GroupId;

    private static IpPermission Everything(string self) =>
        new()
        {
            IpProtocol = "tcp",
            FromPort = 443,
            ToPort = 443,
            Ipv4Ranges = [new() { CidrIp = "100.68.0.18/18", Description = "office & lab" }],
            Ipv6Ranges = [new() { CidrIpv6 = "2001:DB8::/32" }],
            PrefixListIds = [new() { Id = "pl-0dddddddd", Description = "partners" }],
            UserIdGroupPairs =
            [
                new() { GroupId = self },
                new() { GroupId = "sg-0aaaaaaaaaaaaaaaa", UserId = "210987654321" },
            ],
        };

    private async Task<List<SecurityGroupRule>> RulesAsync(string groupId) =>
        (
            await ec2.DescribeSecurityGroupRulesAsync(
                new() { Filters = [new("group-id", [groupId])], MaxResults = 1000 }
            )
        ).SecurityGroupRules;

    [Fact]
    public async Task Rules_are_authorized_told_changed_and_revoked()
    {
        var id = await NewGroupAsync("web");

        var authorized = await ec2.AuthorizeSecurityGroupIngressAsync(
            new()
            {
                GroupId = id,
                IpPermissions = [Everything(id)],
                TagSpecifications =
                [
                    new() { ResourceType = ResourceType.SecurityGroupRule, Tags = [new("ticket", "T-1 ü")] },
                ],
            }
        );
        var rules = await RulesAsync(id);

        Assert.Equal(
            authorized.SecurityGroupRules.Select(static rule => rule.SecurityGroupRuleId),
            rules.Where(static rule => rule.IsEgress != true).Select(static rule => rule.SecurityGroupRuleId)
        );
        Assert.Equal(6, rules.Count);
        var office = rules.Single(static rule => rule.CidrIpv4 == "100.68.0.0/18");
        Assert.Equal("office & lab", office.Description);
        Assert.Equal("T-1 ü", office.Tags.Single().Value);
        Assert.Equal((443, 443, "tcp", false), (office.FromPort, office.ToPort, office.IpProtocol, office.IsEgress));
        Assert.Equal("123456789012", office.GroupOwnerId);
        var peer = rules.Single(static rule => rule.ReferencedGroupInfo?.UserId == "210987654321").ReferencedGroupInfo;
        Assert.Equal(
            ("vpc-0bbbbbbbbbbbbbbbb", "pcx-0cccccccccccccccc", "active"),
            (peer.VpcId, peer.VpcPeeringConnectionId, peer.PeeringStatus)
        );
        Assert.Equal((-1, -1), (rules[0].FromPort, rules[0].ToPort));

        await ec2.ModifySecurityGroupRulesAsync(
            new()
            {
                GroupId = id,
                SecurityGroupRules =
                [
                    new()
                    {
                        SecurityGroupRuleId = office.SecurityGroupRuleId,
                        SecurityGroupRule = new()
                        {
                            IpProtocol = "tcp",
                            FromPort = 22,
                            ToPort = 22,
                            CidrIpv4 = "0.0.0.0/0",
                        },
                    },
                ],
            }
        );
        await ec2.UpdateSecurityGroupRuleDescriptionsIngressAsync(
            new()
            {
                GroupId = id,
                IpPermissions =
                [
                    new()
                    {
                        IpProtocol = "tcp",
                        FromPort = 443,
                        ToPort = 443,
                        Ipv6Ranges = [new() { CidrIpv6 = "2001:db8::/32", Description = "new" }],
                    },
                ],
            }
        );
        var changed = await RulesAsync(id);
        var same = changed.Single(rule => rule.SecurityGroupRuleId == office.SecurityGroupRuleId);
        Assert.Equal(("0.0.0.0/0", 22, null), (same.CidrIpv4, same.FromPort, same.Description));
        Assert.Equal("T-1 ü", same.Tags.Single().Value);
        Assert.Equal("new", changed.Single(static rule => rule.CidrIpv6 is not null).Description);

        var revoked = await ec2.RevokeSecurityGroupIngressAsync(
            new() { GroupId = id, SecurityGroupRuleIds = [office.SecurityGroupRuleId, rules[^1].SecurityGroupRuleId] }
        );
        Assert.Equal("0.0.0.0/0", revoked.RevokedSecurityGroupRules[0].CidrIpv4);
        Assert.Equal("sg-0aaaaaaaaaaaaaaaa", revoked.RevokedSecurityGroupRules[1].ReferencedGroupId);
        await ec2.RevokeSecurityGroupEgressAsync(
            new()
            {
                GroupId = id,
                IpPermissions = [new() { IpProtocol = "-1", Ipv4Ranges = [new() { CidrIp = "0.0.0.0/0" }] }],
            }
        );
        Assert.Equal(3, (await RulesAsync(id)).Count);
        Assert.Equal(
            (await RulesAsync(id)).Select(static rule => rule.SecurityGroupRuleId),
            server.Rules(id).Select(static rule => rule.Id)
        );
        await BotocoreJudge.JudgeAsync(server);
    }

    [Fact]
    public async Task Groups_tags_and_refusals_are_understood()
    {
        var id = await NewGroupAsync("web");
        await ec2.AuthorizeSecurityGroupEgressAsync(new() { GroupId = id, IpPermissions = [Everything(id)] });
        var rule = server.Rules(id)[1].Id;

        var group = (
            await ec2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest { GroupIds = [id] })
        ).SecurityGroups.Single();
        Assert.Equal(("web", "of the web", "owner"), (group.GroupName, group.Description, group.Tags.Single().Key));
        Assert.Equal(["-1", "tcp"], group.IpPermissionsEgress.Select(static permission => permission.IpProtocol));
        Assert.Null(group.IpPermissionsEgress[0].FromPort);
        Assert.Equal("100.68.0.0/18", group.IpPermissionsEgress[1].Ipv4Ranges.Single().CidrIp);
        Assert.Equal("partners", group.IpPermissionsEgress[1].PrefixListIds.Single().Description);
        Assert.Equal(2, group.IpPermissionsEgress[1].UserIdGroupPairs.Count);

        await ec2.CreateTagsAsync(new() { Resources = [id, rule], Tags = [new("exempt", "until 2027")] });
        await ec2.DeleteTagsAsync(new() { Resources = [id], Tags = [new("owner", null)] });
        Assert.Equal(
            [(id, "security-group"), (rule, "security-group-rule")],
            (await ec2.DescribeTagsAsync(new DescribeTagsRequest { Filters = [new("key", ["exempt"])] })).Tags.Select(
                static tag => (tag.ResourceId, tag.ResourceType.Value)
            )
        );
        Assert.Equal("exempt", (await RulesAsync(id))[1].Tags.Single().Key);

        async Task<string> Refused(Func<Task> call) => (await Assert.ThrowsAsync<AmazonEC2Exception>(call)).ErrorCode;
        Assert.Equal(
            "InvalidPermission.Duplicate",
            await Refused(() =>
                ec2.AuthorizeSecurityGroupEgressAsync(new() { GroupId = id, IpPermissions = [Everything(id)] })
            )
        );
        Assert.Equal(
            "InvalidPermission.NotFound",
            await Refused(() =>
                ec2.RevokeSecurityGroupIngressAsync(new() { GroupId = id, IpPermissions = [Everything(id)] })
            )
        );
        Assert.Equal(
            "DryRunOperation",
            await Refused(() => ec2.DeleteSecurityGroupAsync(new() { GroupId = id, DryRun = true }))
        );
        Assert.Equal(id, (await ec2.DeleteSecurityGroupAsync(new() { GroupId = id })).GroupId);
        Assert.Equal(
            "InvalidGroup.NotFound",
            await Refused(() => ec2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest { GroupIds = [id] }))
        );
        await BotocoreJudge.JudgeAsync(server);
    }

    [Fact]
    public async Task Botocore_reads_what_the_server_keeps()
    {
        var group = server.AddGroup("web", ["in icmp 8/-1 10.0.0.0/8 ping <&>", "out -1 all self"], tags: ("a", "b"));

        await RulesAsync(group.Id);
        await ec2.DescribeSecurityGroupsAsync(new DescribeSecurityGroupsRequest { GroupIds = [group.Id] });
        var judged = await BotocoreJudge.JudgeAsync(server);

        Alike(
            $$"""
            [{"SecurityGroupRuleId":"sgr-00000000000000002","GroupId":"{{group.Id}}","GroupOwnerId":"123456789012",
              "IsEgress":false,"IpProtocol":"icmp","FromPort":8,"ToPort":-1,"CidrIpv4":"10.0.0.0/8",
              "Description":"ping <&>","Tags":[],
              "SecurityGroupRuleArn":"arn:aws:ec2:eu-central-1:123456789012:security-group-rule/sgr-00000000000000002"},
             {"SecurityGroupRuleId":"sgr-00000000000000003","GroupId":"{{group.Id}}","GroupOwnerId":"123456789012",
              "IsEgress":true,"IpProtocol":"-1","FromPort":-1,"ToPort":-1,
              "ReferencedGroupInfo":{"GroupId":"{{group.Id}}","UserId":"123456789012"},"Tags":[],
              "SecurityGroupRuleArn":"arn:aws:ec2:eu-central-1:123456789012:security-group-rule/sgr-00000000000000003"}]
            """,
            judged[0].GetProperty("parsed").GetProperty("SecurityGroupRules")
        );
        Alike(
            $$"""
            [{"Description":"web","GroupName":"web","OwnerId":"123456789012","GroupId":"{{group.Id}}",
              "IpPermissions":[{"IpProtocol":"icmp","FromPort":8,"ToPort":-1,"UserIdGroupPairs":[],
                "IpRanges":[{"CidrIp":"10.0.0.0/8","Description":"ping <&>"}],"Ipv6Ranges":[],"PrefixListIds":[]}],
              "IpPermissionsEgress":[{"IpProtocol":"-1","IpRanges":[],"Ipv6Ranges":[],"PrefixListIds":[],
                "UserIdGroupPairs":[{"GroupId":"{{group.Id}}","UserId":"123456789012"}]}],
              "Tags":[{"Key":"a","Value":"b"}],"VpcId":"vpc-0123456789abcdef0",
              "SecurityGroupArn":"arn:aws:ec2:eu-central-1:123456789012:security-group/{{group.Id}}"}]
            """,
            judged[1].GetProperty("parsed").GetProperty("SecurityGroups")
        );
    }

    private static void Alike(string expected, JsonElement actual) =>
        Assert.True(
            JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual.GetRawText())),
            actual.GetRawText()
        );
}
