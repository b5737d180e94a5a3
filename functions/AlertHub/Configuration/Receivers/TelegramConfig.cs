using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>
/// One item of <c>telegram_configs</c>: sendMessage of the Bot API. Text of at most 4096 characters
/// (https://core.telegram.org/bots/api#sendmessage).
/// </summary>
public sealed record TelegramConfig : Integration
{
    public override string Kind => "telegram";

    /// <summary>Null: <c>global.telegram_api_url</c>.</summary>
    public string? ApiUrl { get; init; }

    /// <summary>Null: <c>global.telegram_bot_token</c>.</summary>
    public SecretReference? BotToken { get; init; }

    public string BotTokenFile { get; init; } = "";

    /// <summary>0: in the file.</summary>
    public long ChatId { get; init; }

    public string ChatIdFile { get; init; } = "";

    public long MessageThreadId { get; init; }

    /// <summary>At most 4096 characters.</summary>
    public string Message { get; init; } = """{{ template "telegram.default.message" . }}""";

    public bool DisableNotifications { get; init; }

    public string ParseMode { get; init; } = "HTML";

    internal static Shape<TelegramConfig> Shape { get; } =
        new Shape<TelegramConfig>("telegram_config", new() { SendResolved = true })
            .SendResolved()
            .HttpConfig()
            .Field("api_url", Kinds.Url, static c => c.ApiUrl, static (c, v) => c with { ApiUrl = v })
            .About("The Bot API's address.")
            .Always()
            .Field("bot_token", Kinds.Secret, static c => c.BotToken, static (c, v) => c with { BotToken = v })
            .About("The bot's token. A secret.")
            .Field(
                "bot_token_file",
                Kinds.SecretFile("bot_token"),
                static c => c.BotTokenFile,
                static (c, v) => c with { BotTokenFile = v }
            )
            .About("A file that holds the bot's token.")
            .Since("0.26")
            .Field("chat_id", Kinds.Long, static c => c.ChatId, static (c, v) => c with { ChatId = v })
            .About("The chat's id: a number, negative for groups and channels.")
            .Field(
                "chat_id_file",
                Kinds.OpenFile("chat_id"),
                static c => c.ChatIdFile,
                static (c, v) => c with { ChatIdFile = v }
            )
            .About("A file that holds the chat's id.")
            .Since("0.26")
            .Field(
                "message_thread_id",
                Kinds.Long,
                static c => c.MessageThreadId,
                static (c, v) => c with { MessageThreadId = v }
            )
            .About("The id of a topic in the group; 0 for none.")
            .Since("0.26")
            .Field("message", Kinds.Template, static c => c.Message, static (c, v) => c with { Message = v })
            .About("The text, in the markup of parse_mode.")
            .Field(
                "disable_notifications",
                Kinds.Bool,
                static c => c.DisableNotifications,
                static (c, v) => c with { DisableNotifications = v }
            )
            .About("Whether the message arrives without a sound.")
            .Field(
                "parse_mode",
                Kinds.OneOf("HTML", "Markdown", "MarkdownV2"),
                static c => c.ParseMode,
                static (c, v) => c with { ParseMode = v }
            )
            .About("HTML, Markdown, MarkdownV2, or empty for plain text.")
            .Mistaken("chat", "write chat_id")
            .Mistaken("text", "write message")
            .Mistaken("token", "write bot_token")
            .Exclusive("bot_token", "bot_token_file")
            .RequireOneOf("chat_id", "chat_id_file")
            .Exclusive("chat_id", "chat_id_file");

    internal override Integration Inherit(GlobalConfig global, Place place)
    {
        var (token, file) = Inheritance.Or(
            (BotToken, BotTokenFile),
            (global.TelegramBotToken, global.TelegramBotTokenFile)
        );
        place.RequireOwnOrGlobal(token is not null || file.Length > 0, "bot_token", "telegram_bot_token");
        return this with { ApiUrl = ApiUrl ?? global.TelegramApiUrl, BotToken = token, BotTokenFile = file };
    }
}
