using System.Text;
using AlertHub.Configuration;

namespace AlertHub.Tests.Configuration;

/// <summary>Which secrets a host is asked about that does not take them from everywhere.</summary>
public sealed class SecretReviews
{
    private const string Alertmanager = """
        global:
          slack_api_url: https://hooks.slack.com/services/one
          smtp_smarthost: mail.example:25
          smtp_from: a@example.com
          smtp_auth_password: two
        route: {receiver: a}
        receivers:
        - name: a
          slack_configs:
          - {api_url: 'ssm:/three', channel: c}
          - {api_url: 'env:FOUR', channel: c}
          webhook_configs:
          - url: https://hooks.example/not-asked
            http_config:
              basic_auth: {username: u, password: 'file:/five'}
          - url: ssm:/six
            http_config:
              http_headers: {X-Key: {secrets: [seven]}}
          pagerduty_configs:
          - {routing_key: $EIGHT}
        """;

    private static ConfigFile File(string text) => new("alertmanager.yml", Encoding.UTF8.GetBytes(text));

    [Fact]
    public void All_are_asked_about_but_addresses_of_webhooks_that_are_written_out()
    {
        var asked = new HashSet<string>();

        HubConfig.Load(
            File(Alertmanager),
            null,
            out _,
            secretReview: secret =>
            {
                asked.Add(secret is SecretReference.Literal literal ? literal.Value.Reveal() : $"{secret}");
                return null;
            }
        );

        Assert.Equal(
            [
                "$EIGHT",
                "env:FOUR",
                "file:/five",
                "https://hooks.slack.com/services/one",
                "seven",
                "ssm:/six",
                "ssm:/three",
                "two",
            ],
            asked.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void What_is_wrong_stands_where_the_secret_does_and_refuses_the_file()
    {
        var config = HubConfig.Load(
            File(Alertmanager),
            null,
            out var problems,
            secretReview: static secret => secret is SecretReference.Parameter ? null : "write ssm:/a"
        );

        Assert.Null(config);
        Assert.Equal(
            [
                "alertmanager.yml:2:18: error: global.slack_api_url: write ssm:/a",
                "alertmanager.yml:5:23: error: global.smtp_auth_password: write ssm:/a",
                "alertmanager.yml:11:15: error: receivers[0].slack_configs[1].api_url: write ssm:/a",
                "alertmanager.yml:15:43: error: receivers[0].webhook_configs[0].http_config.basic_auth.password: write ssm:/a",
                "alertmanager.yml:18:40: error: receivers[0].webhook_configs[1].http_config.http_headers.X-Key.secrets[0]: write ssm:/a",
                "alertmanager.yml:20:19: error: receivers[0].pagerduty_configs[0].routing_key: write ssm:/a",
            ],
            problems.Where(static problem => problem.IsError).Select(static problem => $"{problem}")
        );
    }
}
