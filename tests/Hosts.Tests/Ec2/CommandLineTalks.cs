using System.Text.Json.Nodes;
using Hosts.Tests.Support;

namespace Hosts.Tests.Ec2;

/// <summary>Debian's AWS command line against the server. Each command takes about a second to start.</summary>
public sealed class CommandLineTalks
{
    [Fact]
    public async Task The_AWS_command_line_adds_shows_changes_and_revokes_rules()
    {
        await using var server = await Ec2Server.StartAsync();
        var group = server.AddGroup("web", []);
        string[] port22 = ["--group-id", group.Id, "--protocol", "tcp", "--port", "22", "--cidr", "100.68.0.18/18"];

        var authorized = await AwsAsync(server, ["authorize-security-group-ingress", .. port22]);
        var rule = server.Rules(group.Id).Single();
        var twice = await AwsAsync(server, ["authorize-security-group-ingress", .. port22]);
        var modified = await AwsAsync(
            server,
            "modify-security-group-rules",
            "--group-id",
            group.Id,
            "--security-group-rules",
            $"SecurityGroupRuleId={rule.Id},SecurityGroupRule={{IpProtocol=-1,CidrIpv4=0.0.0.0/0,Description=all}}"
        );
        var described = await AwsAsync(
            server,
            "describe-security-group-rules",
            "--filters",
            $"Name=group-id,Values={group.Id}"
        );
        var missed = await AwsAsync(server, ["revoke-security-group-ingress", .. port22]);
        var revoked = await AwsAsync(
            server,
            "revoke-security-group-ingress",
            "--group-id",
            group.Id,
            "--security-group-rule-ids",
            rule.Id
        );

        Alike(
            $$"""
            {"Return":true,"SecurityGroupRules":[{"SecurityGroupRuleId":"{{rule.Id}}","GroupId":"{{group.Id}}",
              "GroupOwnerId":"123456789012","IsEgress":false,"IpProtocol":"tcp","FromPort":22,"ToPort":22,
              "CidrIpv4":"100.68.0.0/18"}]}
            """,
            authorized
        );
        Assert.Equal(
            "An error occurred (InvalidPermission.Duplicate) when calling the AuthorizeSecurityGroupIngress operation: "
                + "the specified rule \"peer: 100.68.0.0/18, TCP, from port: 22, to port: 22, ALLOW\" already exists",
            twice
        );
        Alike("""{"Return":true}""", modified);
        Alike(
            $$"""
            {"SecurityGroupRules":[{"SecurityGroupRuleId":"{{rule.Id}}","GroupId":"{{group.Id}}",
              "GroupOwnerId":"123456789012","IsEgress":false,"IpProtocol":"-1","FromPort":-1,"ToPort":-1,
              "CidrIpv4":"0.0.0.0/0","Description":"all","Tags":[]}]}
            """,
            described
        );
        Assert.Equal(
            "An error occurred (InvalidPermission.NotFound) when calling the RevokeSecurityGroupIngress operation: "
                + "The specified rule does not exist in this security group.",
            missed
        );
        Alike("""{"Return":true}""", revoked);
        Assert.Empty(server.Rules(group.Id));
        Assert.StartsWith(
            "aws-cli/2",
            server.CloudTrail.First()["detail"]!["userAgent"]!.GetValue<string>(),
            StringComparison.Ordinal
        );
    }

    private static void Alike(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), actual);

    /// <returns>What it printed, or its complaint.</returns>
    private static async Task<string> AwsAsync(Ec2Server server, params string[] command)
    {
        await using var aws = ChildProcess.Start(
            "/usr/bin/aws",
            ["--endpoint-url", server.Url, "--region", "eu-central-1", "--output", "json", "ec2", .. command],
            new Dictionary<string, string?>
            {
                ["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE",
                ["AWS_SECRET_ACCESS_KEY"] = "secret",
                ["AWS_CONFIG_FILE"] = "/dev/null",
                ["AWS_SHARED_CREDENTIALS_FILE"] = "/dev/null",
                ["AWS_EC2_METADATA_DISABLED"] = "true",
                ["AWS_PAGER"] = "",
                ["AWS_SESSION_TOKEN"] = null,
                ["AWS_PROFILE"] = null,
                ["PYTHONPATH"] = null,
            }
        );
        await aws.ExitAsync();
        var (output, errors) = aws.Written;
        return (errors.Length > 0 ? errors : output).Trim();
    }
}
