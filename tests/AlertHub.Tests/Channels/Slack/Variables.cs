using AlertHub.Channels.Slack;
using AlertHub.Configuration;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Channels.Slack;

/// <summary>Slack where the environment alone says how.</summary>
public sealed class Variables
{
    private const string Hook = "https://hooks.slack.com/services/T/B/x";

    [Theory]
    [InlineData("", null)]
    [InlineData("SLACK_WEBHOOK_URL= ", null)]
    [InlineData($"SLACK_WEBHOOK_URL={Hook}", null)]
    [InlineData($"SLACK_WEBHOOK_URL={Hook};SLACK_CHANNEL=#ops", null)]
    [InlineData("SLACK_BOT_TOKEN=xoxb-topsecret;SLACK_CHANNEL=#ops", null)]
    [InlineData("SLACK_BOT_TOKEN=ssm:/a;SLACK_CHANNEL=C01", null)]
    [InlineData($"SLACK_WEBHOOK_URL={Hook};SLACK_BOT_TOKEN=xoxb-topsecret;SLACK_CHANNEL=#ops", "exclude each other")]
    [InlineData("SLACK_BOT_TOKEN=xoxb-topsecret", "SLACK_CHANNEL is not set")]
    [InlineData("SLACK_CHANNEL=#ops", "SLACK_BOT_TOKEN is not set")]
    [InlineData("SLACK_BOT_TOKEN=x;SLACK_CHANNEL=#ops;SLACK_API_URL=http://slack.com/api/chat.postMessage", "https://")]
    [InlineData("SLACK_BOT_TOKEN=x;SLACK_CHANNEL=#ops;SLACK_API_URL=https://slack.com/api/", "/chat.postMessage")]
    [InlineData("SLACK_BOT_TOKEN=x;SLACK_CHANNEL=#ops;SLACK_API_URL=https://slack-gov.com/api/chat.postMessage", null)]
    public void They_say_all_or_what_is_missing(string environment, string? objection)
    {
        var variables = environment
            .Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(static pair => pair.Split('=', 2))
            .ToDictionary(static pair => pair[0], static pair => pair[1]);

        var config = SlackVariables.Read(variables.GetValueOrDefault, out var said);

        Assert.Contains(objection ?? "", said ?? "", StringComparison.Ordinal);
        Assert.Equal(objection is null, said is null);
        Assert.DoesNotContain("topsecret", said ?? "", StringComparison.Ordinal);
        Assert.Equal(
            objection is null && variables.Values.Any(static value => value != " "),
            config is { SendResolved: true }
        );
    }

    [Theory]
    [InlineData("xoxb-1", null)]
    [InlineData("xoxe.xoxb-1", null)]
    [InlineData("topsecret", "SLACK_BOT_TOKEN: it is not the token of a Slack app; a bot's begins with xoxb-")]
    public void A_token_that_is_none_is_named(string token, string? objection)
    {
        var config = SlackVariables.Read(
            name =>
                name switch
                {
                    SlackVariables.Token => token,
                    SlackVariables.Channel => "#ops",
                    _ => null,
                },
            out _
        )!;

        Assert.Equal((SlackVariables.Token, SecretReference.Parse(token)), SlackVariables.Secret(config));
        Assert.Equal(objection, SlackVariables.Problem(config, new Secret(token)));
    }

    [Fact]
    public async Task A_bot_of_the_environment_writes_to_its_channel()
    {
        var destination = new Destination().Answers(200, """{"ok":true}""", "application/json");
        var config = SlackVariables.Read(
            static name => name is SlackVariables.Token or SlackVariables.Channel ? "C01" : null,
            out _
        )!;

        await SlackChannel
            .Create(config, Some.Parts(), destination.Delivery())
            .SendAsync(Some.Notification(), CancellationToken.None);

        var (url, _, body) = Assert.Single(destination.Requests);
        Assert.Equal("https://slack.com/api/chat.postMessage", url.OriginalString);
        Assert.StartsWith(
            "{\"channel\":\"C01\",\"text\"",
            System.Text.Encoding.UTF8.GetString(body),
            StringComparison.Ordinal
        );
    }
}
