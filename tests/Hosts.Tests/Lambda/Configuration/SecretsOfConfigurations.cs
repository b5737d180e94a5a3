using System.Text;
using AlertHub.Configuration;
using AlertHub.Lambda.Configuration;

namespace Hosts.Tests.Lambda.Configuration;

public sealed class SecretsOfConfigurations
{
    private const string Written = "write ssm:/alerthub/prod/secrets/NAME";

    [Theory]
    [InlineData("ssm:/alerthub/prod/secrets/slack")]
    [InlineData("SSM:/alerthub/prod/secrets/team-a/pager_duty.key2")]
    public void Parameters_of_this_hub_are_taken(string text) =>
        Assert.Null(ParameterSecrets.Objection(SecretReference.Parse(text), "/alerthub/prod"));

    [Theory]
    [InlineData("ssm:/alerthub/prod/secrets/", "\"/alerthub/prod/secrets/\"")]
    [InlineData("ssm:/alerthub/prod/secrets", "may not read the parameter")]
    [InlineData("ssm:/alerthub/prod/tokens/prometheus", "\"/alerthub/prod/tokens/prometheus\"")]
    [InlineData("ssm:/alerthub/dev/secrets/slack", "may not read the parameter")]
    [InlineData("ssm:/alerthub/prod/secretsslack", "may not read the parameter")]
    [InlineData("ssm:/ALERTHUB/prod/secrets/slack", "may not read the parameter")]
    [InlineData("ssm:/alerthub/prod/secrets/slack:3", "letters, digits and . - _")]
    [InlineData("ssm:/alerthub/prod/secrets/a//b", "may not read the parameter")]
    [InlineData("ssm:/alerthub/prod/secrets/a/", "may not read the parameter")]
    [InlineData("ssm:/alerthub/prod/secrets/a b", "may not read the parameter")]
    [InlineData("ssm:alerthub/prod/secrets/a", "may not read the parameter")]
    [InlineData("ssm:", "may not read the parameter \"\"")]
    [InlineData(
        "ssm:arn:aws:ssm:eu-west-1:123456789012:parameter/alerthub/prod/secrets/a",
        "may not read the parameter"
    )]
    [InlineData("env:SLACK", "\"env:SLACK\" is of another machine; store the secret with: aws ssm put-parameter")]
    [InlineData("file:/etc/slack", "\"file:/etc/slack\" is of another machine")]
    [InlineData("https://hooks.slack.com/services/T/B/x", "must not stand in the file itself")]
    [InlineData("<secret>", "must not stand in the file itself")]
    public void Others_are_refused_with_what_to_write(string text, string words)
    {
        var objection = ParameterSecrets.Objection(SecretReference.Parse(text), "/alerthub/prod");

        Assert.Contains(words, objection, StringComparison.Ordinal);
        Assert.Contains(Written, objection, StringComparison.Ordinal);
        Assert.DoesNotContain("hooks.slack.com", objection, StringComparison.Ordinal);
    }

    /// <summary>What it names would be missing only when somebody is to be told.</summary>
    [Fact]
    public void A_key_that_names_a_file_is_refused_with_the_key_to_use()
    {
        const string Text = """
            route: {receiver: a}
            receivers:
            - name: a
              slack_configs:
              - {api_url_file: /etc/slack, channel: c}
            """;

        HubConfig.Load(
            new("alertmanager.yml", Encoding.UTF8.GetBytes(Text)),
            null,
            out var problems,
            secretReview: ParameterSecrets.Review("/alerthub/prod")
        );

        var problem = Assert.Single(problems, static problem => problem.IsError);
        Assert.Equal("receivers[0].slack_configs[0].api_url_file", problem.Path);
        Assert.StartsWith("\"file:/etc/slack\" is of another machine; ", problem.Message, StringComparison.Ordinal);
        Assert.EndsWith($"{Written}, under \"api_url\"", problem.Message, StringComparison.Ordinal);
    }
}
