using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>A button. Its keys have no underscores: upstream reads them by the names of its fields.</summary>
public sealed record RocketchatAction
{
    public string Type { get; init; } = "";

    public string Text { get; init; } = "";

    public string Url { get; init; } = "";

    public string ImageUrl { get; init; } = "";

    public bool IsWebView { get; init; }

    public string WebviewHeightRatio { get; init; } = "";

    public string Msg { get; init; } = "";

    public bool MsgInChatWindow { get; init; }

    public string MsgProcessingType { get; init; } = "";

    internal static Shape<RocketchatAction> Shape { get; } =
        new Shape<RocketchatAction>("rocketchat_action", new())
            .Field("type", Kinds.Text, static c => c.Type, static (c, v) => c with { Type = v })
            .About("Always sent as \"button\".")
            .Always()
            .Field("text", Kinds.Template, static c => c.Text, static (c, v) => c with { Text = v })
            .About("What the button says.")
            .Always()
            .Field("url", Kinds.Template, static c => c.Url, static (c, v) => c with { Url = v })
            .About("Where it leads.")
            .Always()
            .Field("imageurl", Kinds.Text, static c => c.ImageUrl, static (c, v) => c with { ImageUrl = v })
            .About("A picture instead of the text; not sent.")
            .Always()
            .Field("iswebview", Kinds.Bool, static c => c.IsWebView, static (c, v) => c with { IsWebView = v })
            .About("Whether the link opens inside the client; not sent.")
            .Always()
            .Field(
                "webviewheightratio",
                Kinds.Text,
                static c => c.WebviewHeightRatio,
                static (c, v) => c with { WebviewHeightRatio = v }
            )
            .About("How high it opens; not sent.")
            .Always()
            .Field("msg", Kinds.Template, static c => c.Msg, static (c, v) => c with { Msg = v })
            .About("A message that the button writes.")
            .Always()
            .Field(
                "msginchatwindow",
                Kinds.Bool,
                static c => c.MsgInChatWindow,
                static (c, v) => c with { MsgInChatWindow = v }
            )
            .About("Whether the message is sent at once; not sent.")
            .Always()
            .Field(
                "msgprocessingtype",
                Kinds.Text,
                static c => c.MsgProcessingType,
                static (c, v) => c with { MsgProcessingType = v }
            )
            .About("sendMessage or respondWithMessage; not sent.")
            .Always()
            .Mistaken("image_url", "write imageurl: these keys have no underscores")
            .Mistaken("is_webview", "write iswebview: these keys have no underscores")
            .Mistaken("webview_height_ratio", "write webviewheightratio: these keys have no underscores")
            .Mistaken("msg_in_chat_window", "write msginchatwindow: these keys have no underscores")
            .Mistaken("msg_processing_type", "write msgprocessingtype: these keys have no underscores");
}
