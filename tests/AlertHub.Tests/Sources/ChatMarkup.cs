using System.Text;
using AlertHub.Alerts;
using AlertHub.Sources;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Sources;

/// <summary>What programs write for a chat, and what is found in JSON that nobody knows.</summary>
public sealed class ChatMarkup
{
    [Theory]
    [InlineData("<!channel> look", "@channel look")]
    [InlineData("<!subteam^S123> look", "@subteam look")]
    [InlineData("<!subteam^S123|@ops> look", "@ops look")]
    [InlineData("<@U1> and <@U2|mia> in <#C1|ops> or <#C2>", "@U1 and @mia in #ops or #C2")]
    [InlineData("<!date^1773457000^{date}|yesterday>", "yesterday")]
    [InlineData("<https://a.example.com/x?a=1&amp;b=2>", "https://a.example.com/x?a=1&b=2")]
    [InlineData("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c")]
    [InlineData("1 < 2 and 3 > 2", "1 < 2 and 3 > 2")]
    public void Markup_becomes_words(string text, string words) =>
        Assert.Equal(words, Read($$"""{"text": "title", "attachments": [{"text": "{{text}}"}]}""")["description"]);

    [Theory]
    [InlineData(":warning: Disk full :fire:", "Disk full")]
    [InlineData("Backup at 10:30:20 of arn:aws:rds:x is late", "Backup at 10:30:20 of arn:aws:rds:x is late")]
    [InlineData(":fire:", ":fire:")]
    public void A_title_has_no_names_of_pictures(string text, string title) =>
        Assert.Equal(title, Source.Read(Message($$"""{"text": "{{text}}", "username": "ci"}""")).Alerts.Single().Name);

    [Fact]
    public void A_link_is_an_annotation_named_after_what_it_is_called()
    {
        var annotations = Read(
            """
            {"text": "<https://a.example.com/|Build log!> <https://b.example.com/> <javascript:alert(1)|x> <mailto:a@example.com|mail>"}
            """
        );

        Assert.Equal("https://a.example.com/", annotations["build_log_url"]);
        Assert.Equal("https://b.example.com/", annotations["link_url"]);
        Assert.Null(annotations["x_url"]);
    }

    [Theory]
    [InlineData("""{"text": "hello", "host": "a"}""", "unrecognised")]
    [InlineData("""{"text": " ", "username": "ci"}""", "unrecognised")]
    [InlineData("""{"username": "ci"}""", "unrecognised")]
    [InlineData("""{}""", "unrecognised")]
    [InlineData("""{"text": "hello", "username": "ci"}""", "slack-post")]
    [InlineData("""{"attachments": [{"fallback": "hello"}]}""", "slack-post")]
    [InlineData("payload={\"text\": \"hello\"}&x=1", "slack-post")]
    [InlineData("payload=%7B%22text%22%3A%22a%2Bb+c%22%7D", "slack-post")]
    [InlineData("payload=hello", "unrecognised")]
    public void Only_what_Slack_would_take_is_a_message_for_Slack(string body, string kind) =>
        Assert.Equal(kind, Source.Read(Message(body)).Kind);

    [Theory]
    [InlineData("""{"name": "n", "title": "t"}""", "t")]
    [InlineData("""{"check": {"title": "t"}, "name": "n"}""", "n")]
    [InlineData("""{"Detail-Type": "t"}""", "t")]
    [InlineData("""{"a": {"b": {"c": {"title": "too deep"}}}}""", "Unrecognised message")]
    [InlineData("""{"title": {"text": "inner"}}""", "inner")]
    [InlineData("""{"title": null, "message": 7}""", "7")]
    public void The_title_is_the_nearest_member_that_looks_like_one(string body, string title) =>
        Assert.Equal(title, Source.Read(Message(body)).Alerts.Single().Name);

    [Fact]
    public void The_gist_of_what_nobody_knows_is_picked_out_of_it()
    {
        var alert = Source
            .Read(
                Message(
                    """
                    {"title": "t", "status": "FAILED", "level": 3, "priority": "P1", "hostName": "db-1", "started": true,
                    "eventTime": "yesterday", "created_at": "2026-03-14T03:00:00Z", "link": "ftp://x", "html_url": "https://x.example.com/1"}
                    """
                )
            )
            .Alerts.Single();

        Assert.Equal(("p1", "db-1"), (alert.Labels["severity"], alert.Labels["resource"]));
        Assert.Equal(
            ("FAILED", "https://x.example.com/1"),
            (alert.Annotations["state"], alert.Annotations["link_url"])
        );
        Assert.Equal(new DateTimeOffset(2026, 3, 14, 3, 0, 0, TimeSpan.Zero), alert.StartsAt);
        Assert.Contains("\"level\": 3", alert.Annotations[Annotation.Raw]);
    }

    private static Labels Read(string body) => Source.Read(Message(body)).Alerts.Single().Annotations;

    private static Inbound Message(string body) => new() { Body = Encoding.UTF8.GetBytes(body), ReceivedAt = Some.Now };
}
