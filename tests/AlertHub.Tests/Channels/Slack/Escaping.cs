using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Channels.Slack;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Channels.Slack;

/// <summary>Nothing an alert says can mention anybody, link anywhere or leave the place it was given.</summary>
public sealed class Escaping
{
    public static TheoryData<string[]> Table { get; } = [.. Repository.Cases("slack-escapes.txt")];

    [Theory]
    [MemberData(nameof(Table))]
    public void Text_is_escaped_wherever_it_stands(string[] row)
    {
        var (text, escaped) = (row[0], row[1]);
        var alert = Some.Alert(
            text,
            Some.Labels(("label", text)),
            Some.Labels(
                (Annotation.Description, text),
                (Annotation.Reason, text),
                (Annotation.Raw, text),
                ("note", text)
            )
        );

        var message = SlackMessage.Render(Some.Notification(alert));

        Assert.Equal([], SlackRules.BrokenBy(message));
        using var document = JsonDocument.Parse(message);
        var root = document.RootElement;
        Assert.Equal($"FIRING: {escaped}\n{escaped}", root.GetProperty("text").GetString());
        var all = Encoding.UTF8.GetString(message);
        Assert.Equal(8, all.Split(JsonEncodedText.Encode(escaped, JavaScript).ToString()).Length - 1);
    }

    [Theory]
    [InlineData("` <!here> `")]
    [InlineData("```<!here>```")]
    [InlineData("`")]
    [InlineData("a\nb\r\nc")]
    public void A_value_does_not_leave_its_code(string value)
    {
        var message = SlackMessage.Render(Some.Notification(Some.Alert("A", Some.Labels(("label", value)))));

        var field = Fields(message).Single(f => f.StartsWith("*Label*", StringComparison.Ordinal));
        var code = field["*Label*\n".Length..];
        Assert.StartsWith("`", code, StringComparison.Ordinal);
        Assert.EndsWith("`", code, StringComparison.Ordinal);
        Assert.DoesNotContain("`", code[1..^1], StringComparison.Ordinal);
        Assert.DoesNotContain("\n", code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("`")]
    [InlineData("_*~")]
    [InlineData(" ")]
    public void A_label_named_by_formatting_alone_is_still_a_field(string name) =>
        Assert.Contains(
            "*Unnamed*\n`value`",
            Fields(SlackMessage.Render(Some.Notification(Some.Alert("A", Some.Labels((name, "value"))))))
        );

    [Theory]
    [InlineData("https://example.com/a b|c>d<e", "https://example.com/a%20b%7Cc%3Ed%3Ce")]
    [InlineData("https://example.com/?a=1&b=2", "https://example.com/?a=1&amp;b=2")]
    [InlineData("http://example.com/\u202etxt", "http://example.com/%E2%80%AEtxt")]
    [InlineData("HTTPS://example.com", "https://example.com/")]
    public void A_link_goes_where_it_says(string address, string link) =>
        Assert.Contains($"<{link}|Runbook>", Links(address), StringComparison.Ordinal);

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("ftp://example.com")]
    [InlineData("slack://open")]
    [InlineData("mailto:a@example.com")]
    [InlineData("not a link")]
    [InlineData("/etc/passwd")]
    [InlineData("//example.com")]
    public void What_is_no_web_address_is_no_link(string address) =>
        Assert.DoesNotContain("Runbook>", Links(address), StringComparison.Ordinal);

    [Fact]
    public void A_label_of_a_link_cannot_end_it() =>
        Assert.Equal(
            "<https://example.com/|a b&gt;&lt;!here&gt;>",
            SlackText.Link("https://example.com", "a|b><!here>", 3000)
        );

    private static readonly JavaScriptEncoder JavaScript = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    private static string Links(string address) =>
        Encoding.UTF8.GetString(
            SlackMessage.Render(
                Some.Notification(Some.Alert("A", annotations: Some.Labels((Annotation.RunbookUrl, address))))
            )
        );

    private static string[] Fields(byte[] message)
    {
        using var document = JsonDocument.Parse(message);
        return
        [
            .. document
                .RootElement.GetProperty("attachments")[0]
                .GetProperty("blocks")
                .EnumerateArray()
                .Where(b => b.TryGetProperty("fields", out _))
                .SelectMany(b => b.GetProperty("fields").EnumerateArray())
                .Select(f => f.GetProperty("text").GetString()!),
        ];
    }
}
