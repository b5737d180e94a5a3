using System.Text.Json.Nodes;
using Hosts.Tests.Ec2.Trail;
using Hosts.Tests.Support;

namespace Hosts.Tests.Ec2;

/// <summary>What CloudTrail writes about what was done.</summary>
public sealed class TrailRecords : IAsyncLifetime
{
    private Ec2Server server = null!;

    public async Task InitializeAsync() =>
        server = await Ec2Server.StartAsync(new FixedTime(new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero)));

    public async Task DisposeAsync() => await server.DisposeAsync();

    private static readonly UserIdentity Who = new UserIdentity.AssumedRole("Deploy", "ci", "/teams/web/")
    {
        SourceIdentity = "alice",
    };

    private JsonObject Told(string action, params (string, string)[] fields)
    {
        try
        {
            server.Perform(Who, action, fields);
        }
        catch (Ec2Refusal)
        {
            // It is in the record.
        }

        return (JsonObject)server.CloudTrail.Last()["detail"]!;
    }

    private static void Alike(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual?.ToJsonString());

    private static string Id(JsonObject record) => record["requestID"]!.GetValue<string>();

    [Fact]
    public void A_record_comes_in_EventBridges_envelope_and_says_who_it_was()
    {
        var group = server.AddGroup("web", []);

        var record = Told("DeleteSecurityGroup", ("GroupId", group.Id));

        var envelope = server.CloudTrail.Single();
        Assert.Equal(
            ["version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail"],
            envelope.Select(static member => member.Key)
        );
        Assert.Equal("AWS API Call via CloudTrail", envelope["detail-type"]!.GetValue<string>());
        Assert.Equal("2026-01-02T03:04:05Z", envelope["time"]!.GetValue<string>());
        Alike(
            """
            {"type":"AssumedRole","principalId":"AROAEXAMPLEDEPLOY:ci","arn":"arn:aws:sts::123456789012:assumed-role/Deploy/ci",
             "accountId":"123456789012","accessKeyId":"ASIAEXAMPLEELSEWHERE",
             "sessionContext":{"sessionIssuer":{"type":"Role","principalId":"AROAEXAMPLEDEPLOY",
               "arn":"arn:aws:iam::123456789012:role/teams/web/Deploy","accountId":"123456789012","userName":"Deploy"},
               "attributes":{"creationDate":"2026-01-02T00:00:00Z","mfaAuthenticated":"false"},"sourceIdentity":"alice"}}
            """,
            record["userIdentity"]
        );
        Assert.Equal("203.0.113.7", record["sourceIPAddress"]!.GetValue<string>());
        Alike($$"""{"groupId":"{{group.Id}}"}""", record["requestParameters"]);
        Alike(
            $$"""{"requestId":"{{Id(record)}}","_return":true,"groupId":"{{group.Id}}"}""",
            record["responseElements"]
        );
        Assert.False(record.ContainsKey("errorCode"));
    }

    [Fact]
    public void What_is_authorized_is_told_as_asked_and_as_kept()
    {
        var group = server.AddGroup("web", []);

        var record = Told(
            "AuthorizeSecurityGroupIngress",
            ("GroupId", group.Id),
            ("IpPermissions.1.IpProtocol", "6"),
            ("IpPermissions.1.FromPort", "22"),
            ("IpPermissions.1.ToPort", "22"),
            ("IpPermissions.1.IpRanges.1.CidrIp", "100.68.0.18/18"),
            ("IpPermissions.1.IpRanges.1.Description", "x"),
            ("IpPermissions.2.IpProtocol", "-1"),
            ("IpPermissions.2.Groups.1.GroupId", group.Id)
        );

        Alike(
            $$$"""
            {"groupId":"{{{group.Id}}}","ipPermissions":{"items":[
              {"ipProtocol":"6","fromPort":22,"toPort":22,"groups":{},
               "ipRanges":{"items":[{"cidrIp":"100.68.0.18/18","description":"x"}]},"ipv6Ranges":{},"prefixListIds":{}},
              {"ipProtocol":"-1","groups":{"items":[{"groupId":"{{{group.Id}}}"}]},
               "ipRanges":{},"ipv6Ranges":{},"prefixListIds":{}}]}}
            """,
            record["requestParameters"]
        );
        const string arn = "arn:aws:ec2:eu-central-1:123456789012:security-group-rule/";
        var rules = server.Rules(group.Id);
        Alike(
            $$$"""
            {"requestId":"{{{Id(record)}}}","_return":true,"securityGroupRuleSet":{"items":[
              {"securityGroupRuleId":"{{{rules[
                0
            ].Id}}}","groupId":"{{{group.Id}}}","groupOwnerId":"123456789012","isEgress":false,
               "ipProtocol":"tcp","fromPort":22,"toPort":22,"cidrIpv4":"100.68.0.0/18","description":"x",
               "securityGroupRuleArn":"{{{arn}}}{{{rules[0].Id}}}"},
              {"securityGroupRuleId":"{{{rules[
                1
            ].Id}}}","groupId":"{{{group.Id}}}","groupOwnerId":"123456789012","isEgress":false,
               "ipProtocol":"-1","fromPort":-1,"toPort":-1,
               "referencedGroupInfo":{"userId":"123456789012","groupId":"{{{group.Id}}}"},
               "securityGroupRuleArn":"{{{arn}}}{{{rules[1].Id}}}"}]}}
            """,
            record["responseElements"]
        );
    }

    [Fact]
    public void What_is_revoked_is_told_with_all_that_it_was()
    {
        var group = server.AddGroup("web", ["in tcp 22 self mine", "in tcp 23 10.0.0.0/8"]);
        var rule = server.Rules(group.Id)[0];

        var record = Told("RevokeSecurityGroupIngress", ("GroupId", group.Id), ("SecurityGroupRuleId.1", rule.Id));

        Alike(
            $$$"""
            {"groupId":"{{{group.Id}}}","ipPermissions":{},
             "securityGroupRuleIds":{"items":[{"securityGroupRuleId":"{{{rule.Id}}}"}]}}
            """,
            record["requestParameters"]
        );
        Alike(
            $$$"""
            {"requestId":"{{{Id(record)}}}","_return":true,"revokedSecurityGroupRuleSet":{"items":[
              {"securityGroupRuleId":"{{{rule.Id}}}","groupId":"{{{group.Id}}}","isEgress":false,"ipProtocol":"tcp",
               "fromPort":22,"toPort":22,"referencedGroupId":"{{{group.Id}}}","description":"mine"}]}}
            """,
            record["responseElements"]
        );
    }

    [Fact]
    public void Changed_rules_are_told_under_the_actions_own_name()
    {
        var group = server.AddGroup("web", ["in tcp 22 10.0.0.0/8", "in tcp 23 10.0.0.0/8"]);
        (string, string)[] Update(int number, string cidr) =>
            [
                ($"SecurityGroupRule.{number}.SecurityGroupRuleId", server.Rules(group.Id)[number - 1].Id),
                ($"SecurityGroupRule.{number}.SecurityGroupRule.IpProtocol", "tcp"),
                ($"SecurityGroupRule.{number}.SecurityGroupRule.FromPort", "443"),
                ($"SecurityGroupRule.{number}.SecurityGroupRule.ToPort", "443"),
                ($"SecurityGroupRule.{number}.SecurityGroupRule.CidrIpv4", cidr),
            ];

        var one = Told("ModifySecurityGroupRules", [("GroupId", group.Id), .. Update(1, "0.0.0.0/0")]);
        var two = Told(
            "ModifySecurityGroupRules",
            [("GroupId", group.Id), .. Update(1, "10.0.0.0/9"), .. Update(2, "10.0.0.0/10")]
        );

        Alike(
            $$$$$"""
            {"ModifySecurityGroupRulesRequest":{"GroupId":"{{{{{group.Id}}}}}","SecurityGroupRule":
              {"tag":1,"SecurityGroupRuleId":"{{{{{server.Rules(group.Id)[0].Id}}}}}","SecurityGroupRule":
                {"IpProtocol":"tcp","FromPort":443,"ToPort":443,"CidrIpv4":"0.0.0.0/0"}}}}
            """,
            one["requestParameters"]
        );
        Alike(
            $$$"""
            {"ModifySecurityGroupRulesResponse":{"xmlns":"http://ec2.amazonaws.com/doc/2016-11-15/",
              "requestId":"{{{Id(one)}}}","return":true}}
            """,
            one["responseElements"]
        );
        Assert.Equal(
            [1, 2],
            two["requestParameters"]!["ModifySecurityGroupRulesRequest"]!["SecurityGroupRule"]!
                .AsArray()
                .Select(static each => each!["tag"]!.GetValue<int>())
        );
    }

    [Fact]
    public void New_groups_tags_and_interfaces_are_told()
    {
        var group = server.AddGroup("web", []);
        server.Change(state =>
            state with
            {
                Interfaces = state.Interfaces.Add("eni-1", new("eni-1", group.VpcId, [group.Id])),
            }
        );

        var created = Told(
            "CreateSecurityGroup",
            ("GroupName", "db"),
            ("GroupDescription", "of data"),
            ("VpcId", group.VpcId)
        );
        var tagged = Told("CreateTags", ("ResourceId.1", group.Id), ("Tag.1.Key", "exempt"), ("Tag.1.Value", "yes"));
        var moved = Told(
            "ModifyNetworkInterfaceAttribute",
            ("NetworkInterfaceId", "eni-1"),
            ("SecurityGroupId.1", group.Id)
        );

        Alike(
            $$"""{"groupName":"db","groupDescription":"of data","vpcId":"{{group.VpcId}}"}""",
            created["requestParameters"]
        );
        Assert.Equal(
            server.State.Groups.Values.Single(static each => each.Name == "db").Id,
            created["responseElements"]!["groupId"]!.GetValue<string>()
        );
        Alike(
            $$$"""
            {"resourcesSet":{"items":[{"resourceId":"{{{group.Id}}}"}]},
             "tagSet":{"items":[{"key":"exempt","value":"yes"}]}}
            """,
            tagged["requestParameters"]
        );
        Alike($$"""{"requestId":"{{Id(tagged)}}","_return":true}""", tagged["responseElements"]);
        Alike(
            $$$"""{"networkInterfaceId":"eni-1","groupSet":{"items":[{"groupId":"{{{group.Id}}}"}]}}""",
            moved["requestParameters"]
        );
    }

    [Fact]
    public void What_is_refused_is_told_with_its_code_and_no_answer()
    {
        var record = Told("DeleteSecurityGroup", ("GroupId", "sg-0ffffffffffffffff"));

        Assert.Equal("Client.InvalidGroup.NotFound", record["errorCode"]!.GetValue<string>());
        Assert.Equal(
            "The security group 'sg-0ffffffffffffffff' does not exist",
            record["errorMessage"]!.GetValue<string>()
        );
        Assert.Null(record["responseElements"]);
        Assert.True(record.ContainsKey("responseElements"));
    }

    [Fact]
    public void A_service_on_somebodys_behalf_stands_for_address_and_agent()
    {
        var group = server.AddGroup("web", []);
        server.Perform(
            Who with
            {
                InvokedBy = "cloudformation.amazonaws.com",
            },
            "DeleteSecurityGroup",
            ("GroupId", group.Id)
        );

        var record = server.CloudTrail.Single()["detail"]!;
        foreach (
            var place in new[] { record["userIdentity"]!["invokedBy"], record["sourceIPAddress"], record["userAgent"] }
        )
        {
            Assert.Equal("cloudformation.amazonaws.com", place!.GetValue<string>());
        }
    }
}
