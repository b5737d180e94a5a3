using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>
/// One item of <c>wechat_configs</c>: an application message of WeCom (WeChat Work), at most 2048 bytes
/// (https://developer.work.weixin.qq.com/document/path/90236).
/// </summary>
public sealed record WechatConfig : Integration
{
    public override string Kind => "wechat";

    /// <summary>Null: <c>global.wechat_api_secret</c>.</summary>
    public SecretReference? ApiSecret { get; init; }

    public string ApiSecretFile { get; init; } = "";

    /// <summary>Empty: <c>global.wechat_api_corp_id</c>.</summary>
    public string CorpId { get; init; } = "";

    /// <summary>At most 2048 bytes.</summary>
    public string Message { get; init; } = """{{ template "wechat.default.message" . }}""";

    /// <summary>Null: <c>global.wechat_api_url</c>.</summary>
    public string? ApiUrl { get; init; }

    public string ToUser { get; init; } = """{{ template "wechat.default.to_user" . }}""";

    public string ToParty { get; init; } = """{{ template "wechat.default.to_party" . }}""";

    public string ToTag { get; init; } = """{{ template "wechat.default.to_tag" . }}""";

    public string AgentId { get; init; } = """{{ template "wechat.default.agent_id" . }}""";

    public string MessageType { get; init; } = "text";

    internal static Shape<WechatConfig> Shape { get; } =
        new Shape<WechatConfig>("wechat_config", new())
            .SendResolved()
            .HttpConfig()
            .Field("api_secret", Kinds.Secret, static c => c.ApiSecret, static (c, v) => c with { ApiSecret = v })
            .About("The application's secret.")
            .Field(
                "api_secret_file",
                Kinds.SecretFile("api_secret"),
                static c => c.ApiSecretFile,
                static (c, v) => c with { ApiSecretFile = v }
            )
            .About("A file that holds the application's secret.")
            .Since("0.26")
            .Field("corp_id", Kinds.Text, static c => c.CorpId, static (c, v) => c with { CorpId = v })
            .About("The corporation's id.")
            .Field("message", Kinds.Template, static c => c.Message, static (c, v) => c with { Message = v })
            .About("The message.")
            .Field("api_url", Kinds.Url, static c => c.ApiUrl, static (c, v) => c with { ApiUrl = v })
            .About("The API's address.")
            .Field("to_user", Kinds.Template, static c => c.ToUser, static (c, v) => c with { ToUser = v })
            .About("Users, separated by \"|\"; @all for everybody.")
            .Field("to_party", Kinds.Template, static c => c.ToParty, static (c, v) => c with { ToParty = v })
            .About("Departments, separated by \"|\".")
            .Field("to_tag", Kinds.Template, static c => c.ToTag, static (c, v) => c with { ToTag = v })
            .About("Tags, separated by \"|\".")
            .Field("agent_id", Kinds.Template, static c => c.AgentId, static (c, v) => c with { AgentId = v })
            .About("The application's id.")
            .Field(
                "message_type",
                Kinds.OneOf("text", "markdown"),
                static c => c.MessageType,
                static (c, v) => c with { MessageType = v }
            )
            .About("\"text\" or \"markdown\".")
            .Exclusive("api_secret", "api_secret_file")
            .Then(static (c, _) => c with { MessageType = Inheritance.Or(c.MessageType, "text") });

    internal override Integration Inherit(GlobalConfig global, Place place)
    {
        var (secret, file) = Inheritance.Or(
            (ApiSecret, ApiSecretFile),
            (global.WechatApiSecret, global.WechatApiSecretFile)
        );
        var url = ApiUrl ?? global.WechatApiUrl;
        var inherited = this with
        {
            ApiSecret = secret,
            ApiSecretFile = file,
            CorpId = Inheritance.Or(CorpId, global.WechatApiCorpId),
            ApiUrl = Inheritance.WithSlash(url),
        };
        place.RequireOwnOrGlobal(secret is not null || file.Length > 0, "api_secret", "wechat_api_secret");
        place.RequireOwnOrGlobal(inherited.CorpId.Length > 0, "corp_id", "wechat_api_corp_id");
        place.RequireOwnOrGlobal(url is not null, "api_url", "wechat_api_url");
        return inherited;
    }
}
