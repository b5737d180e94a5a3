using System.Text.Json;

namespace AlertHub.Channels.Slack;

/// <summary>The Block Kit blocks used, with their limits (https://api.slack.com/reference/block-kit/blocks, 2026).</summary>
internal abstract record SlackBlock
{
    private SlackBlock() { }

    /// <summary>How much of the message's text it takes.</summary>
    public abstract int Length { get; }

    public abstract void Write(Utf8JsonWriter json);

    /// <param name="Text">1 to 150 characters, shown without formatting.</param>
    public sealed record Header(string Text) : SlackBlock
    {
        public const int Longest = 150;

        public override int Length => Text.Length;

        public override void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("type", "header");
            json.WriteStartObject("text");
            json.WriteString("type", "plain_text");
            json.WriteString("text", Text);
            json.WriteBoolean("emoji", false);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    /// <param name="Text">1 to 3,000 characters of mrkdwn.</param>
    public sealed record Section(string Text) : SlackBlock
    {
        public override int Length => Text.Length;

        public override void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("type", "section");
            json.WritePropertyName("text");
            Mrkdwn(json, Text);
            json.WriteEndObject();
        }
    }

    /// <param name="Texts">1 to 10 texts of 1 to 2,000 characters of mrkdwn, shown in two columns.</param>
    public sealed record Fields(IReadOnlyList<string> Texts) : SlackBlock
    {
        public const int Most = 10;

        public override int Length => Texts.Sum(static t => t.Length);

        public override void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("type", "section");
            json.WriteStartArray("fields");
            foreach (var text in Texts)
            {
                Mrkdwn(json, text);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    /// <param name="Text">1 to 3,000 characters of mrkdwn, shown small.</param>
    public sealed record Context(string Text) : SlackBlock
    {
        public override int Length => Text.Length;

        public override void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("type", "context");
            json.WriteStartArray("elements");
            Mrkdwn(json, Text);
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    /// <param name="Elements">1 to 25 buttons.</param>
    public sealed record Actions(IReadOnlyList<Button> Elements) : SlackBlock
    {
        public const int Most = 25;

        public override int Length => Elements.Sum(static button => button.Length);

        public override void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("type", "actions");
            json.WriteStartArray("elements");
            foreach (var button in Elements)
            {
                button.Write(json);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    /// <param name="Text">1 to 75 characters, shown without formatting.</param>
    /// <param name="Id">Told to the app, 1 to 255 characters; no two of a block are alike.</param>
    public sealed record Button(string Text, string Id)
    {
        public const int Longest = 75;

        /// <summary>Where it leads, at most 3,000 characters; null where it leads nowhere.</summary>
        public string? Url { get; init; }

        /// <summary>Told to the app, at most 2,000 characters.</summary>
        public string? Value { get; init; }

        public bool IsPrimary { get; init; }

        public int Length => Text.Length + (Url?.Length ?? 0) + (Value?.Length ?? 0);

        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("type", "button");
            json.WriteStartObject("text");
            json.WriteString("type", "plain_text");
            json.WriteString("text", Text);
            json.WriteBoolean("emoji", false);
            json.WriteEndObject();
            json.WriteString("action_id", Id);
            if (Url is not null)
            {
                json.WriteString("url", Url);
            }

            if (Value is not null)
            {
                json.WriteString("value", Value);
            }

            if (IsPrimary)
            {
                json.WriteString("style", "primary");
            }

            json.WriteEndObject();
        }
    }

    /// <summary>Verbatim: Slack makes no links, channels or people out of it that we did not write.</summary>
    private static void Mrkdwn(Utf8JsonWriter json, string text)
    {
        json.WriteStartObject();
        json.WriteString("type", "mrkdwn");
        json.WriteString("text", text);
        json.WriteBoolean("verbatim", true);
        json.WriteEndObject();
    }
}
