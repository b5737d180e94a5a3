using System.Text;
using AlertHub.Tests.Support;
using SecurityGroupGuard.Events;

namespace AlertHub.Tests.SecurityGroups.Events;

public sealed class ConfigDiffs
{
    private const string Ssh = """{ "ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "ipRanges": ["10.0.0.0/8"] }""";

    private const string Open = """{ "ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "ipRanges": ["0.0.0.0/0"] }""";

    [Theory]
    [InlineData("""{ "Configuration.IpPermissions.0": { "updatedValue": OPEN, "changeType": "CREATE" } }""", "")]
    [InlineData(
        """{ "Configuration.IpPermissions.0": { "previousValue": SSH, "updatedValue": OPEN } }""",
        "ingress tcp 22 from 10.0.0.0/8"
    )]
    [InlineData(
        """{ "Configuration.IpPermissions": { "previousValue": [SSH], "updatedValue": [OPEN] } }""",
        "ingress tcp 22 from 10.0.0.0/8"
    )]
    [InlineData(
        """{ "Configuration.IpPermissionsEgress.3": { "previousValue": SSH, "updatedValue": null } }""",
        "ingress tcp 22 from 0.0.0.0/0; egress tcp 22 to 10.0.0.0/8"
    )]
    [InlineData(
        """{ "Relationships.0": { "previousValue": null }, "Configuration.Tags.0": { "updatedValue": {} } }""",
        "ingress tcp 22 from 0.0.0.0/0"
    )]
    public void The_rules_before_are_those_that_went_without_those_that_came(string changedProperties, string before) =>
        Assert.Equal(before, string.Join("; ", Before(changedProperties)!));

    [Theory]
    [InlineData("""{ "Configuration.IpPermissions.0.FromPort": { "previousValue": 80, "updatedValue": 22 } }""")]
    [InlineData("""{ "Configuration.IpPermissions.0": "gone" }""")]
    [InlineData(
        """{ "Configuration.IpPermissions.0": { "previousValue": { "ipProtocol": "tpc", "ipRanges": ["10.0.0.0/8"] } } }"""
    )]
    // What is said to have come is not there.
    [InlineData("""{ "Configuration.IpPermissions.0": { "updatedValue": SSH } }""")]
    [InlineData("[]")]
    public void Of_a_difference_that_is_not_understood_nothing_is_concluded(string changedProperties) =>
        Assert.Null(Before(changedProperties));

    [Fact]
    public void A_group_of_which_one_rule_is_not_understood_is_not_told_without_it() =>
        Assert.Null(Item("""{ "ipProtocol": "tcp", "fromPort": 22, "ipRanges": ["0.0.0.0/0"] }""", "{}").Now);

    [Theory]
    [InlineData("AWS::EC2::Instance", "an item of Config's for AWS::EC2::Instance, or without an id")]
    [InlineData("", "\"ConfigurationItemChangeNotification\" of Config has no item")]
    public void An_item_of_another_resource_is_nothing(string resourceType, string why) =>
        Assert.Equal(
            new GuardEvent.Nothing(why),
            Read(
                $$"""
                { "messageType": "ConfigurationItemChangeNotification",
                  "configurationItem": { "resourceType": "{{resourceType}}", "resourceId": "i-1" } }
                """
            )
        );

    private static IReadOnlyList<SecurityGroupGuard.Rules.Rule>? Before(string changedProperties) =>
        Item(
            Open,
            changedProperties
                .Replace("SSH", Ssh, StringComparison.Ordinal)
                .Replace("OPEN", Open, StringComparison.Ordinal)
        ).Before;

    private static ConfigItem Item(string permission, string changedProperties) =>
        Assert
            .IsType<GuardEvent.Item>(
                Read(
                    $$"""
                    { "messageType": "ConfigurationItemChangeNotification",
                      "configurationItemDiff": { "changeType": "UPDATE", "changedProperties": {{changedProperties}} },
                      "configurationItem": { "resourceType": "AWS::EC2::SecurityGroup", "resourceId": "sg-1",
                        "configuration": { "groupId": "sg-1", "ipPermissions": [{{permission}}] } } }
                    """
                )
            )
            .Found;

    private static GuardEvent Read(string json) => GuardEvent.Read(Encoding.UTF8.GetBytes(json), Some.Now);
}
