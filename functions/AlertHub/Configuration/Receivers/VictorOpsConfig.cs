using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>
/// One item of <c>victorops_configs</c>: the REST endpoint of VictorOps, now Splunk On-Call. State message of at most 20480
/// characters (https://help.victorops.com/knowledge-base/rest-endpoint-integration-guide/).
/// </summary>
public sealed record VictorOpsConfig : Integration
{
    private static readonly string[] Reserved =
    [
        "routing_key",
        "message_type",
        "state_message",
        "entity_display_name",
        "monitoring_tool",
        "entity_id",
        "entity_state",
    ];

    public override string Kind => "victorops";

    /// <summary>Null: <c>global.victorops_api_key</c>.</summary>
    public SecretReference? ApiKey { get; init; }

    public string ApiKeyFile { get; init; } = "";

    /// <summary>Null: <c>global.victorops_api_url</c>.</summary>
    public string? ApiUrl { get; init; }

    public string RoutingKey { get; init; } = "";

    /// <summary>RECOVERY is sent when all alerts ended.</summary>
    public string MessageType { get; init; } = "CRITICAL";

    /// <summary>At most 20480 characters.</summary>
    public string StateMessage { get; init; } = """{{ template "victorops.default.state_message" . }}""";

    public string EntityDisplayName { get; init; } = """{{ template "victorops.default.entity_display_name" . }}""";

    public string MonitoringTool { get; init; } = """{{ template "victorops.default.monitoring_tool" . }}""";

    public IReadOnlyList<KeyValuePair<string, string>> CustomFields { get; init; } = [];

    internal static Shape<VictorOpsConfig> Shape { get; } =
        new Shape<VictorOpsConfig>("victorops_config", new() { SendResolved = true })
            .SendResolved()
            .HttpConfig()
            .Field("api_key", Kinds.Secret, static c => c.ApiKey, static (c, v) => c with { ApiKey = v })
            .About("The REST integration's key. A secret.")
            .Field(
                "api_key_file",
                Kinds.SecretFile("api_key"),
                static c => c.ApiKeyFile,
                static (c, v) => c with { ApiKeyFile = v }
            )
            .About("A file that holds the key.")
            .Field("api_url", Kinds.Url, static c => c.ApiUrl, static (c, v) => c with { ApiUrl = v })
            .About("The endpoint, without the key.")
            .Always()
            .Field("routing_key", Kinds.Template, static c => c.RoutingKey, static (c, v) => c with { RoutingKey = v })
            .About("The key that names the team.")
            .Always()
            .Field(
                "message_type",
                Kinds.Template,
                static c => c.MessageType,
                static (c, v) => c with { MessageType = v }
            )
            .About("CRITICAL, WARNING or INFO.")
            .Always()
            .Field(
                "state_message",
                Kinds.Template,
                static c => c.StateMessage,
                static (c, v) => c with { StateMessage = v }
            )
            .About("The long text.")
            .Always()
            .Field(
                "entity_display_name",
                Kinds.Template,
                static c => c.EntityDisplayName,
                static (c, v) => c with { EntityDisplayName = v }
            )
            .About("The headline.")
            .Always()
            .Field(
                "monitoring_tool",
                Kinds.Template,
                static c => c.MonitoringTool,
                static (c, v) => c with { MonitoringTool = v }
            )
            .About("Who sends.")
            .Always()
            .Field(
                "custom_fields",
                Kinds.TemplateMap,
                static c => c.CustomFields,
                static (c, v) => c with { CustomFields = v }
            )
            .About("Further fields of the incident.")
            .Require("routing_key", "an incident needs the key of the team it goes to")
            .Exclusive("api_key", "api_key_file")
            .Check(CheckCustomFields);

    internal override Integration Inherit(GlobalConfig global, Place place)
    {
        var (key, file) = Inheritance.Or((ApiKey, ApiKeyFile), (global.VictoropsApiKey, global.VictoropsApiKeyFile));
        var url = ApiUrl ?? global.VictoropsApiUrl;
        place.RequireOwnOrGlobal(key is not null || file.Length > 0, "api_key", "victorops_api_key");
        place.RequireOwnOrGlobal(url is not null, "api_url", "victorops_api_url");
        return this with { ApiKey = key, ApiKeyFile = file, ApiUrl = Inheritance.WithSlash(url) };
    }

    private static void CheckCustomFields(VictorOpsConfig c, Place place)
    {
        foreach (var name in c.CustomFields.Select(static f => f.Key).Where(Reserved.Contains))
        {
            place["custom_fields"]
                [name]
                .Error($"\"{name}\" is a field of every incident; give the custom field another name");
        }
    }
}
