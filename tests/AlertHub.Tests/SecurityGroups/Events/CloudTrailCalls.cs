using System.Text;
using AlertHub.Tests.Support;
using SecurityGroupGuard.Events;
using SecurityGroupGuard.Rules;

namespace AlertHub.Tests.SecurityGroups.Events;

public sealed class CloudTrailCalls
{
    public static TheoryData<string[]> Identities { get; } = [.. Repository.Cases("security-group-identities.txt")];

    public static TheoryData<string[]> Applied { get; } = [.. Repository.Cases("security-group-applied.txt")];

    [Theory]
    [MemberData(nameof(Identities))]
    public void Whoever_called_is_known_by_what_CloudTrail_says_of_him(string[] row)
    {
        var actor = Only($$"""{ {{Authorize}}, "userIdentity": {{row[0]}} }""").Actor;

        Assert.Equal(string.Join(" | ", row[1..]), $"{actor} | {actor.Principal} | {actor.HasMfa}");
    }

    [Theory]
    [MemberData(nameof(Applied))]
    public void A_call_that_only_applies_groups_is_told_in_a_sentence(string[] row)
    {
        var call = row[0].Split(' ');
        var read = Read(
            $$"""
            {
              "eventSource": "{{call[0]}}.amazonaws.com", "eventName": "{{call[1]}}",
              "requestParameters": {{row[1]}}, "responseElements": {{(row[2].Length == 0 ? "null" : row[2])}}
            }
            """
        );

        Assert.Equal(
            row[3],
            read is GuardEvent.Changes changes
                ? string.Join("; ", changes.Events.Select(e => $"{e.Group.Id}: {((Change.Applied)e.Change).What}"))
                : "nothing"
        );
    }

    [Theory]
    [InlineData("Client.UnauthorizedOperation", "UnauthorizedOperation", false)]
    [InlineData("Server.InternalError", "InternalError", false)]
    [InlineData("InvalidPermission.Duplicate", "InvalidPermission.Duplicate", false)]
    [InlineData("Client.DryRunOperation", "DryRunOperation", true)]
    public void A_call_that_failed_says_why_as_EC2_would(string code, string error, bool isDryRun)
    {
        var change = Only($$"""{ {{Authorize}}, "errorCode": "{{code}}" }""");

        Assert.Equal((error, isDryRun), (change.Error, change.IsDryRun));
    }

    [Fact]
    public void The_group_is_of_the_account_that_got_the_record_whoever_called()
    {
        var change = Only(
            $$"""
            {
              "detail-type": "AWS API Call via CloudTrail", "source": "aws.ec2", "account": "999900001111", "region": "us-east-1",
              "detail": { {{Authorize}}, "recipientAccountId": "111122223333", "awsRegion": "eu-west-1",
                "userIdentity": { "accountId": "444455556666" } }
            }
            """
        );

        Assert.Equal("111122223333/eu-west-1/sg-1", $"{change.Group}");
    }

    [Fact]
    public void What_a_record_lacks_is_that_of_the_event_around_it()
    {
        var change = Only(
            $$"""
            {
              "detail-type": "AWS API Call via CloudTrail", "source": "aws.ec2", "id": "e-1", "account": "111122223333",
              "region": "eu-west-1", "time": "2026-03-14T03:07:21Z", "detail": { {{Authorize}} }
            }
            """
        );

        Assert.Equal("e-1 111122223333/eu-west-1/sg-1", $"{change.Id} {change.Group}");
        Assert.Equal(Some.Now.AddMinutes(-17).AddSeconds(-39), change.At);
    }

    [Fact]
    public void Calls_of_which_nothing_tells_two_apart_have_different_ids()
    {
        var (one, other) = (Only($$"""{ {{Authorize}} }"""), Only($$"""{ {{Authorize}}, "readOnly": false }"""));

        Assert.NotEqual(one.Id, other.Id);
        Assert.Equal(one.Id, Only($$"""{ {{Authorize}} }""").Id);
    }

    [Theory]
    [InlineData(
        "\"ipProtocol\": \"tcp\", \"fromPort\": \"ssh\", \"toPort\": 22, \"ipRanges\": {\"items\":[{\"cidrIp\":\"10.0.0.0/8\"}]}"
    )]
    [InlineData("\"ipProtocol\": \"tcp\", \"fromPort\": 22, \"ipRanges\": {\"items\":[{\"cidrIp\":\"10.0.0.0/8\"}]}")]
    [InlineData(
        "\"ipProtocol\": \"tcp\", \"fromPort\": 22, \"toPort\": 70000, \"ipRanges\": {\"items\":[{\"cidrIp\":\"10.0.0.0/8\"}]}"
    )]
    [InlineData(
        "\"ipProtocol\": \"tpc\", \"fromPort\": 22, \"toPort\": 22, \"ipRanges\": {\"items\":[{\"cidrIp\":\"10.0.0.0/8\"}]}"
    )]
    [InlineData(
        "\"ipProtocol\": \"-1\", \"ipRanges\": {\"items\":[{\"cidrIp\":\"10.0.0.0/8\"},{\"cidrIp\":\"somewhere\"}]}"
    )]
    [InlineData("\"ipProtocol\": \"-1\", \"groups\": {\"items\":[{\"groupName\":\"bastions\"}]}")]
    public void Rules_that_cannot_all_be_understood_are_unknown_and_not_taken_for_wider_ones(string permission) =>
        Assert.IsType<Change.Unknown>(
            Only(
                $$"""
                {
                  "eventSource": "ec2.amazonaws.com", "eventName": "AuthorizeSecurityGroupIngress",
                  "requestParameters": { "groupId": "sg-1", "ipPermissions": { "items": [ { {{permission}} } ] } }
                }
                """
            ).Change
        );

    [Fact]
    public void A_modified_rule_goes_the_way_that_the_rule_of_its_id_went()
    {
        var modified = Assert.Single(
            Assert
                .IsType<Change.Modified>(
                    Only(
                        """
                        {
                          "eventSource": "ec2.amazonaws.com", "eventName": "ModifySecurityGroupRules",
                          "requestParameters": { "ModifySecurityGroupRulesRequest": { "GroupId": "sg-1", "SecurityGroupRule": {
                            "tag": 1, "SecurityGroupRuleId": "sgr-1",
                            "SecurityGroupRule": { "IpProtocol": "tcp", "FromPort": 22, "ToPort": 22, "CidrIpv4": "0.0.0.0/0" } } } }
                        }
                        """
                    ).Change
                )
                .Rules
        );

        Assert.Equal("ingress tcp 22 from 0.0.0.0/0", $"{modified.In(Direction.Ingress)}");
        Assert.Equal("egress tcp 22 to 0.0.0.0/0", $"{modified.In(Direction.Egress)}");
    }

    [Fact]
    public void Tags_deleted_without_being_named_are_all_of_them() =>
        Assert.Empty(
            Assert
                .IsType<Change.Untagged>(
                    Only(
                        """
                        {
                          "eventSource": "ec2.amazonaws.com", "eventName": "DeleteTags",
                          "requestParameters": { "resourcesSet": { "items": [ { "resourceId": "sg-1" } ] }, "tagSet": {} }
                        }
                        """
                    ).Change
                )
                .Tags
        );

    [Fact]
    public void Tags_are_read_as_younger_calls_write_them_too()
    {
        var created = Only(
            """
            {
              "eventSource": "ec2.amazonaws.com", "eventName": "CreateSecurityGroup",
              "requestParameters": { "CreateSecurityGroupRequest": { "GroupName": "shop", "TagSpecification": {
                "tag": 1, "ResourceType": "security-group", "Tag": { "tag": 1, "Key": "team", "Value": "shop" } } } }
            }
            """
        );
        var tagged = Only(
            """
            {
              "eventSource": "ec2.amazonaws.com", "eventName": "CreateTags",
              "requestParameters": { "CreateTagsRequest": { "ResourceId": { "tag": 1, "content": "sg-1" }, "Tag": [
                { "tag": 1, "Key": "team", "Value": "shop" }, { "tag": 2, "Key": "empty" } ] } }
            }
            """
        );

        Assert.Equal("team=shop", $"{Assert.IsType<Change.Created>(created.Change).Tags}");
        Assert.Equal("empty=, team=shop", $"{Assert.IsType<Change.Tagged>(tagged.Change).Tags}");
    }

    /// <summary>The members of a record of the simplest call.</summary>
    private const string Authorize = """
        "eventSource": "ec2.amazonaws.com", "eventName": "AuthorizeSecurityGroupIngress",
        "requestParameters": { "groupId": "sg-1", "cidrIp": "10.0.0.0/8", "ipProtocol": "-1" }
        """;

    private static GuardEvent Read(string json) => GuardEvent.Read(Encoding.UTF8.GetBytes(json), Some.Now);

    private static ChangeEvent Only(string json) => Assert.Single(Assert.IsType<GuardEvent.Changes>(Read(json)).Events);
}
