using System.Text;
using System.Text.Json;
using AlertHub.Channels.Webhook;
using AlertHub.Configuration;
using AlertHub.Configuration.Receivers;
using AlertHub.Notifying;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Channels.Webhook;

public sealed class WebhookDelivery : HttpChannelContract
{
    private const string Url = $"https://hooks.example:8443/{SecretText}?key=k3y0secret";

    private protected override IChannel Create(Destination destination) =>
        Create(destination, new() { Url = SecretReference.Parse(Url) });

    private protected override Destination AnswersWell(Destination destination) => destination.Answers(204);

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(202)]
    [InlineData(299)]
    public async Task Any_success_takes_it(int status) =>
        Assert.IsType<DeliveryResult.Delivered>(
            await Send(new Destination().Answers(status, "whatever"), new() { Url = SecretReference.Parse(Url) })
        );

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task What_the_destination_refuses_is_refused_with_what_it_says(int status)
    {
        var destination = new Destination().Answers(status, " no\r\n such\ttenant\u0007 ");

        var refused = Assert.IsType<DeliveryResult.Refused>(
            await Send(destination, new() { Url = SecretReference.Parse(Url) })
        );

        Assert.Equal($"hooks.example:8443 answered {status} 'no such tenant'", refused.Reason);
    }

    [Theory]
    [InlineData("{\"message\":\"bad key K3Y0SECRET\"}", "application/json")]
    [InlineData("<html>Not found</html>", "text/html")]
    [InlineData("", "text/plain")]
    public async Task What_may_tell_a_secret_or_is_a_page_is_not_quoted(string text, string mediaType)
    {
        var destination = new Destination().Answers(404, text, mediaType);

        var refused = Assert.IsType<DeliveryResult.Refused>(
            await Send(destination, new() { Url = SecretReference.Parse(Url) })
        );

        Assert.DoesNotContain("'", refused.Reason, StringComparison.Ordinal);
        Assert.StartsWith("hooks.example:8443 answered 404 with", refused.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_body_is_Alertmanagers_with_so_many_alerts_at_the_most()
    {
        var destination = new Destination().Answers(200);
        var notification = Some.Notification(Some.AlertsNumbering(5));

        await Create(destination, new() { Url = SecretReference.Parse(Url), MaxAlerts = 2 })
            .SendAsync(notification, CancellationToken.None);

        var (url, mediaType, body) = Assert.Single(destination.Requests);
        Assert.Equal(Url, url.OriginalString);
        Assert.Equal("application/json", mediaType);
        Assert.Equal(WebhookPayload.Render(notification, 2), body);
    }

    [Fact]
    public async Task Its_URL_may_be_a_template()
    {
        var destination = new Destination().Answers(200);
        var url = "https://hooks.example/{{ .CommonLabels.alertname | toLower }}";

        await Send(destination, new() { Url = SecretReference.Parse(url) });

        Assert.Equal("https://hooks.example/something", destination.Requests[0].Url.OriginalString);
    }

    [Theory]
    [InlineData("https://hooks.example/T0SECRET0/{{ .Nothing }}", "template that fails")]
    [InlineData("https://hooks.example/T0SECRET0/{{ template \"xyz0secret\" . }}", "template that fails")]
    [InlineData(
        "{{ if .CommonLabels.nothing }}https://hooks.example/T0SECRET0{{ end }}",
        "does not become one of http"
    )]
    [InlineData("{{ .CommonLabels.alertname }}://T0SECRET0", "does not become one of http")]
    public async Task A_URL_that_becomes_none_is_refused_without_telling_it(string url, string reason)
    {
        var destination = new Destination().Answers(200);

        var refused = Assert.IsType<DeliveryResult.Refused>(
            await Send(destination, new() { Url = SecretReference.Parse(url) })
        );

        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Reason, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(destination.Requests);
    }

    [Fact]
    public async Task A_URL_in_a_file_is_read_anew_each_time()
    {
        var file = Path.GetTempFileName();
        try
        {
            var destination = new Destination().Answers(200);
            var channel = Create(destination, new() { UrlFile = file });
            foreach (var url in (string[])["https://a.example/1", "https://b.example/2"])
            {
                await File.WriteAllTextAsync(file, $"{url}\n");
                await channel.SendAsync(Some.Notification(), CancellationToken.None);
            }

            Assert.Equal(
                ["https://a.example/1", "https://b.example/2"],
                destination.Requests.Select(r => r.Url.OriginalString)
            );
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_URL_whose_file_is_missing_is_tried_later_and_the_file_named()
    {
        var result = await Send(new Destination().Answers(200), new() { UrlFile = "/nowhere/url" });

        Assert.Contains(
            "/nowhere/url",
            Assert.IsType<DeliveryResult.TryLater>(result).Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task It_waits_for_an_answer_as_long_as_it_is_told()
    {
        var config = new WebhookConfig { Url = SecretReference.Parse(Url), Timeout = TimeSpan.FromSeconds(30) };

        var early = new Destination().IsSilentFor(TimeSpan.FromSeconds(31));

        Assert.Contains(
            "30 s",
            Assert.IsType<DeliveryResult.Ambiguous>(await Send(early, config)).Reason,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("""{"title":"{{ .Status | toUpper }}","n":1,"t":true}""", """{"title":"FIRING","n":1,"t":true}""")]
    [InlineData("""{"{{ .Status }}":[" {{ .Status }} ",null]}""", """{"firing":[" firing ",null]}""")]
    [InlineData("""{"priority":"{{ len .Alerts }}"}""", """{"priority":1}""")]
    [InlineData("""{"on":"{{ eq .Status \"firing\" }}"}""", """{"on":true}""")]
    [InlineData("""{"labels":"{{ .CommonLabels | toJson }}"}""", """{"labels":{"alertname":"Something"}}""")]
    [InlineData("""{"leaf":"{{ list \"value1:\" \"7\" | toJson }}"}""", """{"leaf":["value1:","7"]}""")]
    [InlineData("""{"list":"[{{ range .Alerts }}{{ toJson .Status }},{{ end }}]"}""", """{"list":["firing"]}""")]
    [InlineData("""{"text":"Disk full: db-1"}""", """{"text":"Disk full: db-1"}""")]
    [InlineData("""{"text":"#ops","none":"{{ .CommonLabels.x }}"}""", """{"text":"#ops","none":""}""")]
    [InlineData("""{"text":"007","word":"on"}""", """{"text":"007","word":"on"}""")]
    [InlineData("""{"text":"a: {b"}""", """{"text":"a: {b"}""")]
    [InlineData("""{"text":"\"quoted\""}""", """{"text":"\"quoted\""}""")]
    [InlineData("\"{{ .CommonLabels | toJson }}\"", """{"alertname":"Something"}""")]
    [InlineData("\"plain\"", "\"plain\"")]
    public async Task A_payload_of_its_own_is_JSON_whose_texts_are_templates(string payload, string expected)
    {
        var destination = new Destination().Answers(200);
        using var json = JsonDocument.Parse(payload);

        await Send(destination, new() { Url = SecretReference.Parse(Url), Payload = json.RootElement });

        using var sent = JsonDocument.Parse(destination.Requests[0].Body);
        using var wanted = JsonDocument.Parse(expected);
        Assert.True(
            JsonElement.DeepEquals(wanted.RootElement, sent.RootElement),
            Encoding.UTF8.GetString(destination.Requests[0].Body)
        );
    }

    [Theory]
    [InlineData("""{"a":{"b":["{{ .Nothing }}","x"]},"c":"y"}""")]
    [InlineData("""{"{{ .Nothing }}":1}""")]
    public async Task A_payload_that_cannot_be_made_is_refused_and_says_why(string payload)
    {
        using var json = JsonDocument.Parse(payload);

        var result = await Send(
            new Destination().Answers(200),
            new() { Url = SecretReference.Parse(Url), Payload = json.RootElement }
        );

        Assert.Contains("Nothing", Assert.IsType<DeliveryResult.Refused>(result).Reason, StringComparison.Ordinal);
    }

    private static Task<DeliveryResult> Send(Destination destination, WebhookConfig config) =>
        Create(destination, config).SendAsync(Some.Notification(), CancellationToken.None);

    private static WebhookChannel Create(Destination destination, WebhookConfig config) =>
        new(config, Some.Parts(destination.Clock), destination.Delivery());
}
