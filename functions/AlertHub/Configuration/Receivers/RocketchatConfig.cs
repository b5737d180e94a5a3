using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>
/// One item of <c>rocketchat_configs</c>: chat.postMessage of Rocket.Chat's REST API. Title of at most 1024 characters
/// (https://developer.rocket.chat/apidocs/post-message).
/// </summary>
public sealed record RocketchatConfig : Integration
{
    public override string Kind => "rocketchat";

    /// <summary>Null: <c>global.rocketchat_api_url</c>.</summary>
    public string? ApiUrl { get; init; }

    /// <summary>Null: <c>global.rocketchat_token_id</c>.</summary>
    public SecretReference? TokenId { get; init; }

    public string TokenIdFile { get; init; } = "";

    /// <summary>Null: <c>global.rocketchat_token</c>.</summary>
    public SecretReference? Token { get; init; }

    public string TokenFile { get; init; } = "";

    public string Channel { get; init; } = "";

    public string Color { get; init; } = """{{ if eq .Status "firing" }}red{{ else }}green{{ end }}""";

    /// <summary>At most 1024 characters.</summary>
    public string Title { get; init; } = """{{ template "rocketchat.default.title" . }}""";

    public string TitleLink { get; init; } = """{{ template "rocketchat.default.titlelink" . }}""";

    public string Text { get; init; } = """{{ template "rocketchat.default.text" . }}""";

    public IReadOnlyList<RocketchatField> Fields { get; init; } = [];

    public bool ShortFields { get; init; }

    public string Emoji { get; init; } = """{{ template "rocketchat.default.emoji" . }}""";

    public string IconUrl { get; init; } = """{{ template "rocketchat.default.iconurl" . }}""";

    public string ImageUrl { get; init; } = "";

    public string ThumbUrl { get; init; } = "";

    public bool LinkNames { get; init; }

    public IReadOnlyList<RocketchatAction> Actions { get; init; } = [];

    internal static Shape<RocketchatConfig> Shape { get; } =
        new Shape<RocketchatConfig>("rocketchat_config", new())
            .SendResolved()
            .HttpConfig()
            .Field("api_url", Kinds.Url, static c => c.ApiUrl, static (c, v) => c with { ApiUrl = v })
            .About("The server's address.")
            .Field("token_id", Kinds.Secret, static c => c.TokenId, static (c, v) => c with { TokenId = v })
            .About("The user id that belongs to the token. A secret.")
            .Field(
                "token_id_file",
                Kinds.SecretFile("token_id"),
                static c => c.TokenIdFile,
                static (c, v) => c with { TokenIdFile = v }
            )
            .About("A file that holds the user id.")
            .Field("token", Kinds.Secret, static c => c.Token, static (c, v) => c with { Token = v })
            .About("A personal access token. A secret.")
            .Field(
                "token_file",
                Kinds.SecretFile("token"),
                static c => c.TokenFile,
                static (c, v) => c with { TokenFile = v }
            )
            .About("A file that holds the token.")
            .Field("channel", Kinds.Template, static c => c.Channel, static (c, v) => c with { Channel = v })
            .About("The channel (#name) or user (@name) to write to.")
            .Field("color", Kinds.Template, static c => c.Color, static (c, v) => c with { Color = v })
            .About("The colour at the attachment's side.")
            .Field("title", Kinds.Template, static c => c.Title, static (c, v) => c with { Title = v })
            .About("The attachment's title.")
            .Field("title_link", Kinds.Template, static c => c.TitleLink, static (c, v) => c with { TitleLink = v })
            .About("Where the title leads.")
            .Field("text", Kinds.Template, static c => c.Text, static (c, v) => c with { Text = v })
            .About("The attachment's text.")
            .Field(
                "fields",
                Kinds.List(RocketchatField.Shape),
                static c => c.Fields,
                static (c, v) => c with { Fields = v }
            )
            .About("A table of names and values.")
            .Field("short_fields", Kinds.Bool, static c => c.ShortFields, static (c, v) => c with { ShortFields = v })
            .About("Whether fields stand beside one another unless they say otherwise.")
            .Always()
            .Field("emoji", Kinds.Template, static c => c.Emoji, static (c, v) => c with { Emoji = v })
            .About("An emoji as the sender's picture, such as ':fire:'.")
            .Field("icon_url", Kinds.Template, static c => c.IconUrl, static (c, v) => c with { IconUrl = v })
            .About("The sender's picture.")
            .Field("image_url", Kinds.Template, static c => c.ImageUrl, static (c, v) => c with { ImageUrl = v })
            .About("A picture in the attachment.")
            .Field("thumb_url", Kinds.Template, static c => c.ThumbUrl, static (c, v) => c with { ThumbUrl = v })
            .About("A small picture in the attachment.")
            .Field("link_names", Kinds.Bool, static c => c.LinkNames, static (c, v) => c with { LinkNames = v })
            .About("Whether names in the text become links.")
            .Always()
            .Field(
                "actions",
                Kinds.List(RocketchatAction.Shape),
                static c => c.Actions,
                static (c, v) => c with { Actions = v }
            )
            .About("Buttons below the attachment.")
            .Exclusive("token", "token_file")
            .Exclusive("token_id", "token_id_file");

    internal override Integration Inherit(GlobalConfig global, Place place)
    {
        var (token, tokenFile) = Inheritance.Or(
            (Token, TokenFile),
            (global.RocketchatToken, global.RocketchatTokenFile)
        );
        var (id, idFile) = Inheritance.Or(
            (TokenId, TokenIdFile),
            (global.RocketchatTokenId, global.RocketchatTokenIdFile)
        );
        place.RequireOwnOrGlobal(id is not null || idFile.Length > 0, "token_id", "rocketchat_token_id");
        place.RequireOwnOrGlobal(token is not null || tokenFile.Length > 0, "token", "rocketchat_token");
        return this with
        {
            ApiUrl = ApiUrl ?? global.RocketchatApiUrl,
            Token = token,
            TokenFile = tokenFile,
            TokenId = id,
            TokenIdFile = idFile,
        };
    }
}
