using System.Text.Json;
using System.Text.RegularExpressions;

namespace AlertHub.Tests.Support;

/// <summary>
/// What Slack takes: the limits of Block Kit (https://api.slack.com/reference/block-kit/blocks) and of the sum of all
/// blocks (undocumented; slackapi/bolt-js issues 2509 and 2867), and the marks that make a mention or a link
/// (https://api.slack.com/reference/surfaces/formatting).
/// </summary>
internal static partial class SlackRules
{
    /// <summary>What a message breaks, as sentences; none where Slack would take it.</summary>
    public static IReadOnlyList<string> BrokenBy(ReadOnlyMemory<byte> message)
    {
        var broken = new List<string>();
        using var document = JsonDocument.Parse(message);
        var root = document.RootElement;
        Text("the text", root.GetProperty("text"), 40_000);
        Check(!root.GetProperty("unfurl_links").GetBoolean(), "links unfurl");
        Check(!root.GetProperty("unfurl_media").GetBoolean(), "media unfurl");
        Check(!root.TryGetProperty("link_names", out _) && !root.TryGetProperty("parse", out _), "names become links");

        JsonElement[] attachments = Items(root, "attachments");
        JsonElement[] blocks = [.. Items(root, "blocks"), .. attachments.SelectMany(a => Items(a, "blocks"))];
        Check(blocks.Length <= 50, $"{blocks.Length} blocks of at most 50");
        Check(attachments.Length <= 1, "more than one attachment");
        Check(
            attachments.All(a => Colour().IsMatch(a.GetProperty("color").GetString()!)),
            "an attachment's colour is not one"
        );
        var total = blocks.Sum(Block);
        Check(total <= 9000, $"{total} characters in all blocks of at most 9,000");
        return broken;

        void Check(bool holds, string sentence)
        {
            if (!holds)
            {
                broken.Add(sentence);
            }
        }

        int Block(JsonElement block)
        {
            switch (block.GetProperty("type").GetString())
            {
                case "header":
                    return TextObject("a header", block.GetProperty("text"), 150, "plain_text");
                case "section" when block.TryGetProperty("text", out var text):
                    return TextObject("a section", text, 3000, "mrkdwn");
                case "section":
                    JsonElement[] fields = Items(block, "fields");
                    Check(fields.Length is >= 1 and <= 10, $"{fields.Length} fields of 1 to 10");
                    return fields.Sum(f => TextObject("a field", f, 2000, "mrkdwn"));
                case "context":
                    JsonElement[] elements = Items(block, "elements");
                    Check(elements.Length is >= 1 and <= 10, $"{elements.Length} context elements of 1 to 10");
                    return elements.Sum(e => TextObject("a context element", e, 3000, "mrkdwn"));
                case "actions":
                    JsonElement[] buttons = Items(block, "elements");
                    Check(buttons.Length is >= 1 and <= 25, $"{buttons.Length} buttons of 1 to 25");
                    Check(
                        buttons.Select(static b => b.GetProperty("action_id").GetString()).Distinct().Count()
                            == buttons.Length,
                        "two buttons of one id"
                    );
                    return buttons.Sum(Button);
                case var type:
                    broken.Add($"a block of type {type}");
                    return 0;
            }
        }

        int Button(JsonElement button)
        {
            var lengths = ((string[])["url", "value", "action_id"]).Select(name =>
                button.TryGetProperty(name, out var member) ? member.GetString()!.Length : 0
            );
            Check(lengths.Zip([3000, 2000, 255]).All(static each => each.First <= each.Second), "a button too long");
            return TextObject("a button", button.GetProperty("text"), 75, "plain_text") + lengths.Take(2).Sum();
        }

        int TextObject(string what, JsonElement text, int longest, string type)
        {
            Check(text.GetProperty("type").GetString() == type, $"{what} that is not {type}");
            Check(
                type == "plain_text" || text.GetProperty("verbatim").GetBoolean(),
                $"{what} in which Slack looks for links and names"
            );
            return Text(what, text.GetProperty("text"), longest);
        }

        int Text(string what, JsonElement element, int longest)
        {
            var text = element.GetString()!;
            Check(text.Length >= 1 && text.Length <= longest, $"{what} of {text.Length} characters, of 1 to {longest}");
            Check(!string.IsNullOrWhiteSpace(text), $"{what} without anything to see");
            var rest = Date().Replace(Link().Replace(text, ""), "");
            Check(
                !rest.AsSpan().ContainsAny('<', '>') || Quoted(rest),
                $"{what} with a mark of its own: {Around(rest, "<>")}"
            );
            Check(!Ampersand().IsMatch(rest), $"{what} with a bare ampersand: {Around(rest, "&")}");
            Check(
                Link().Matches(text).All(m => m.Groups["url"].Length <= 3000 && m.Groups["label"].Length <= 75),
                $"{what} with a link that is too long"
            );
            Check(what != "a field" || text.Count(c => c == '`') == 2, $"{what} whose code has another end");
            return text.Length;
        }
    }

    /// <summary>The one <c>&gt;</c> of ours is that of a quotation.</summary>
    private static bool Quoted(string text) => text[0] == '>' && !text.AsSpan(1).ContainsAny('<', '>');

    private static string Around(string text, string any)
    {
        var at = Math.Max(0, text.AsSpan().IndexOfAny(any));
        return text[Math.Max(0, at - 20)..Math.Min(text.Length, at + 20)];
    }

    private static JsonElement[] Items(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var array) ? [.. array.EnumerateArray()] : [];

    [GeneratedRegex(@"<(?<url>https?://[^<>|\s]+)\|(?<label>[^<>|\r\n]+)>")]
    private static partial Regex Link();

    [GeneratedRegex(@"<!date\^-?[0-9]+\^\{date_num\} \{time_secs\}\|[-0-9: ]+ UTC>")]
    private static partial Regex Date();

    [GeneratedRegex("&(?!amp;|lt;|gt;)")]
    private static partial Regex Ampersand();

    [GeneratedRegex("^#[0-9a-f]{6}$")]
    private static partial Regex Colour();
}
