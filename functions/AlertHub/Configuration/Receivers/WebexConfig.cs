using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>
/// One item of <c>webex_configs</c>: a message to a room of Cisco Webex, in Markdown, at most 7439 bytes
/// (https://developer.webex.com/docs/api/v1/messages/create-a-message). A bot's token goes into http_config.authorization.
/// </summary>
public sealed record WebexConfig : Integration
{
    public override string Kind => "webex";

    /// <summary>Null: <c>global.webex_api_url</c>.</summary>
    public string? ApiUrl { get; init; }

    /// <summary>At most 7439 bytes.</summary>
    public string Message { get; init; } = """{{ template "webex.default.message" . }}""";

    public string RoomId { get; init; } = "";

    internal static Shape<WebexConfig> Shape { get; } =
        new Shape<WebexConfig>("webex_config", new() { SendResolved = true })
            .SendResolved()
            .HttpConfig()
            .Field("api_url", Kinds.Url, static c => c.ApiUrl, static (c, v) => c with { ApiUrl = v })
            .About("The API's address.")
            .Field("message", Kinds.Template, static c => c.Message, static (c, v) => c with { Message = v })
            .About("The message, in Markdown.")
            .Field("room_id", Kinds.Template, static c => c.RoomId, static (c, v) => c with { RoomId = v })
            .About("The room's id.")
            .Always()
            .Require("room_id", "a message needs the id of the room it goes to")
            .Check(CheckAuthorization);

    internal override Integration Inherit(GlobalConfig global, Place place)
    {
        var inherited = this with { ApiUrl = ApiUrl ?? global.WebexApiUrl };
        place.RequireOwnOrGlobal(inherited.ApiUrl is not null, "api_url", "webex_api_url");
        return inherited;
    }

    /// <summary>Before anything is inherited: the global section's authorization does not count.</summary>
    private static void CheckAuthorization(WebexConfig c, Place place)
    {
        if (c.HttpConfig?.Authorization is null)
        {
            place["http_config"]
                ["authorization"]
                .Error("Webex wants a bot's token; give it as http_config.authorization.credentials");
        }
    }
}
