using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>
/// One item of <c>slack_configs</c>: an attachment, posted to an incoming webhook or with an app's token. Title of at most
/// 1024 characters (https://api.slack.com/reference/messaging/attachments).
/// </summary>
public sealed record SlackConfig : Integration
{
    private const string PostMessage = "https://slack.com/api/chat.postMessage";

    public override string Kind => "slack";

    /// <summary>Null: <c>global.slack_api_url</c>, unless there is a token.</summary>
    public SecretReference? ApiUrl { get; init; }

    public string ApiUrlFile { get; init; } = "";

    /// <summary>Null: <c>global.slack_app_token</c>, unless there is a URL or an authorization.</summary>
    public SecretReference? AppToken { get; init; }

    public string AppTokenFile { get; init; } = "";

    /// <summary>Null: <c>global.slack_app_url</c>.</summary>
    public string? AppUrl { get; init; }

    public string Channel { get; init; } = "";

    public string Username { get; init; } = """{{ template "slack.default.username" . }}""";

    public string Color { get; init; } = """{{ template "slack.default.color" . }}""";

    /// <summary>At most 1024 characters.</summary>
    public string Title { get; init; } = """{{ template "slack.default.title" . }}""";

    public string TitleLink { get; init; } = """{{ template "slack.default.titlelink" . }}""";

    public string Pretext { get; init; } = """{{ template "slack.default.pretext" . }}""";

    public string Text { get; init; } = """{{ template "slack.default.text" . }}""";

    public string MessageText { get; init; } = "";

    public IReadOnlyList<SlackField> Fields { get; init; } = [];

    public bool ShortFields { get; init; }

    public string Footer { get; init; } = """{{ template "slack.default.footer" . }}""";

    public string Fallback { get; init; } = """{{ template "slack.default.fallback" . }}""";

    public string CallbackId { get; init; } = """{{ template "slack.default.callbackid" . }}""";

    public string IconEmoji { get; init; } = """{{ template "slack.default.iconemoji" . }}""";

    public string IconUrl { get; init; } = """{{ template "slack.default.iconurl" . }}""";

    public string ImageUrl { get; init; } = "";

    public string ThumbUrl { get; init; } = "";

    public bool LinkNames { get; init; }

    public IReadOnlyList<string> MrkdwnIn { get; init; } = [];

    public IReadOnlyList<SlackAction> Actions { get; init; } = [];

    /// <summary>Null: a bot's message in our own form lives; other forms are sent anew.</summary>
    public bool? UpdateMessage { get; init; }

    public TimeSpan Timeout { get; init; }

    internal static Shape<SlackConfig> Shape { get; } =
        new Shape<SlackConfig>("slack_config", new())
            .SendResolved()
            .HttpConfig()
            .Field("api_url", Kinds.SecretUrl, static c => c.ApiUrl, static (c, v) => c with { ApiUrl = v })
            .About(
                "The incoming webhook's URL, or https://slack.com/api/chat.postMessage with a bot's token in http_config. A secret."
            )
            .Field(
                "api_url_file",
                Kinds.SecretFile("api_url"),
                static c => c.ApiUrlFile,
                static (c, v) => c with { ApiUrlFile = v }
            )
            .About("A file that holds the URL.")
            .Field("app_token", Kinds.Secret, static c => c.AppToken, static (c, v) => c with { AppToken = v })
            .About("A bot's token (xoxb-...). A secret.")
            .Since("0.26")
            .Field(
                "app_token_file",
                Kinds.SecretFile("app_token"),
                static c => c.AppTokenFile,
                static (c, v) => c with { AppTokenFile = v }
            )
            .About("A file that holds the bot's token.")
            .Since("0.26")
            .Field("app_url", Kinds.Url, static c => c.AppUrl, static (c, v) => c with { AppUrl = v })
            .About("Where messages with an app's token go.")
            .Since("0.26")
            .Field("channel", Kinds.Template, static c => c.Channel, static (c, v) => c with { Channel = v })
            .About("The channel (#name or id) or user (@name); a webhook of an app ignores it.")
            .Field("username", Kinds.Template, static c => c.Username, static (c, v) => c with { Username = v })
            .About("Shown as the sender.")
            .Field("color", Kinds.Template, static c => c.Color, static (c, v) => c with { Color = v })
            .About("good, warning, danger or a colour such as #439FE0.")
            .Field("title", Kinds.Template, static c => c.Title, static (c, v) => c with { Title = v })
            .About("The attachment's title.")
            .Field("title_link", Kinds.Template, static c => c.TitleLink, static (c, v) => c with { TitleLink = v })
            .About("Where the title leads.")
            .Field("pretext", Kinds.Template, static c => c.Pretext, static (c, v) => c with { Pretext = v })
            .About("A line above the attachment.")
            .Field("text", Kinds.Template, static c => c.Text, static (c, v) => c with { Text = v })
            .About("The attachment's text, in Slack's mrkdwn.")
            .Field(
                "message_text",
                Kinds.Template,
                static c => c.MessageText,
                static (c, v) => c with { MessageText = v }
            )
            .About("The message's own text, above the attachment.")
            .Since("0.26")
            .Field("fields", Kinds.List(SlackField.Shape), static c => c.Fields, static (c, v) => c with { Fields = v })
            .About("A table of names and values.")
            .Field("short_fields", Kinds.Bool, static c => c.ShortFields, static (c, v) => c with { ShortFields = v })
            .About("Whether fields stand beside one another unless they say otherwise.")
            .Always()
            .Field("footer", Kinds.Template, static c => c.Footer, static (c, v) => c with { Footer = v })
            .About("A line below the attachment.")
            .Field("fallback", Kinds.Template, static c => c.Fallback, static (c, v) => c with { Fallback = v })
            .About("What is shown where no attachment can be, in notifications for one.")
            .Field("callback_id", Kinds.Template, static c => c.CallbackId, static (c, v) => c with { CallbackId = v })
            .About("Told to the app when a button is pressed.")
            .Field("icon_emoji", Kinds.Template, static c => c.IconEmoji, static (c, v) => c with { IconEmoji = v })
            .About("An emoji as the sender's picture, such as ':fire:'.")
            .Field("icon_url", Kinds.Template, static c => c.IconUrl, static (c, v) => c with { IconUrl = v })
            .About("The sender's picture.")
            .Field("image_url", Kinds.Template, static c => c.ImageUrl, static (c, v) => c with { ImageUrl = v })
            .About("A picture below the text.")
            .Field("thumb_url", Kinds.Template, static c => c.ThumbUrl, static (c, v) => c with { ThumbUrl = v })
            .About("A small picture at the attachment's right.")
            .Field("link_names", Kinds.Bool, static c => c.LinkNames, static (c, v) => c with { LinkNames = v })
            .About("Whether @name and #name in the text notify and link.")
            .Always()
            .Field("mrkdwn_in", Kinds.TextList, static c => c.MrkdwnIn, static (c, v) => c with { MrkdwnIn = v })
            .About("Which parts are mrkdwn: fallback, pretext and text if left out.")
            .Field(
                "actions",
                Kinds.List(SlackAction.Shape),
                static c => c.Actions,
                static (c, v) => c with { Actions = v }
            )
            .About("Buttons below the attachment.")
            .Field(
                "update_message",
                Kinds.OptionalBool,
                static c => c.UpdateMessage,
                static (c, v) => c with { UpdateMessage = v }
            )
            .About(
                "true: a group's first message is changed and nobody is notified. false: each time a new message. Left out: a bot's message of AlertHub's own form is changed, and what changed is said in its thread."
            )
            .Since("0.26")
            .Field("timeout", Kinds.GoDuration, static c => c.Timeout, static (c, v) => c with { Timeout = v })
            .About("How long a request may take, such as 30s, at most 1m; 0 for 10s.")
            .Always()
            .Since("0.26")
            .Mistaken("message", "the attachment's text is \"text\", the message's own \"message_text\"")
            .Mistaken("webhook_url", "write api_url")
            .Mistaken("icon", "write icon_emoji or icon_url")
            .Exclusive("api_url", "api_url_file")
            .Exclusive("app_token", "app_token_file")
            .Check(CheckWay)
            .Check(CheckUpdate);

    internal override Integration Inherit(GlobalConfig global, Place place)
    {
        // As upstream: a URL of its own, an authorization of its own or a token keeps the global token out, a URL's file does not.
        var ownsAuthorization =
            HttpConfig?.Authorization is not null && !ReferenceEquals(HttpConfig, global.HttpConfig);
        var (token, tokenFile) =
            ApiUrl is null && !ownsAuthorization
                ? Inheritance.Or((AppToken, AppTokenFile), (global.SlackAppToken, global.SlackAppTokenFile))
                : (AppToken, AppTokenFile);
        var (url, urlFile) = Inheritance.Or((ApiUrl, ApiUrlFile), (global.SlackApiUrl, global.SlackApiUrlFile));
        var hasToken = token is not null || tokenFile.Length > 0;
        if (hasToken && HttpConfig?.Authorization is not null)
        {
            place["http_config"]
                ["authorization"]
                .Error("the app's token is sent as authorization already; keep one of the two");
        }

        place.RequireOwnOrGlobal(AppUrl is not null || global.SlackAppUrl is not null, "app_url", "slack_app_url");
        place.RequireOwnOrGlobal(
            hasToken || url is not null || urlFile.Length > 0,
            "api_url",
            "slack_api_url or slack_app_token"
        );
        return this with
        {
            AppToken = token,
            AppTokenFile = tokenFile,
            AppUrl = hasToken ? AppUrl ?? global.SlackAppUrl : AppUrl,
            // A token makes a URL superfluous; printed, both would exclude each other.
            ApiUrl = hasToken ? null : url,
            ApiUrlFile = hasToken ? "" : urlFile,
        };
    }

    private static void CheckWay(SlackConfig c, Place place)
    {
        if ((c.ApiUrl is not null || c.ApiUrlFile.Length > 0) && (c.AppToken is not null || c.AppTokenFile.Length > 0))
        {
            place[c.AppToken is not null ? "app_token" : "app_token_file"]
                .Error(
                    "an app's token goes to \"app_url\", so \"api_url\" has no place beside it; keep one of the two"
                );
        }
    }

    /// <summary>Only a bot may change what it wrote. A URL that stands elsewhere is believed.</summary>
    private static void CheckUpdate(SlackConfig c, Place place)
    {
        if (c.UpdateMessage is true && !MayBePostMessage(c.ApiUrl))
        {
            place["update_message"]
                .Error(
                    $"only a bot can change its message; give api_url: {PostMessage} and the bot's token as http_config.authorization"
                );
        }
    }

    private static bool MayBePostMessage(SecretReference? url) =>
        url switch
        {
            null => false,
            SecretReference.Literal { Value: var value } => value.Reveal() is PostMessage or Kinds.Hidden,
            _ => true,
        };
}
