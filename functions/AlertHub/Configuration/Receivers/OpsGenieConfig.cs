using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>
/// One item of <c>opsgenie_configs</c>: Opsgenie's Alert API, at an end on 2027-04-05
/// (https://docs.opsgenie.com/docs/alert-api).
/// </summary>
public sealed record OpsGenieConfig : Integration
{
    public override string Kind => "opsgenie";

    /// <summary>Null: <c>global.opsgenie_api_key</c>.</summary>
    public SecretReference? ApiKey { get; init; }

    public string ApiKeyFile { get; init; } = "";

    /// <summary>Null: <c>global.opsgenie_api_url</c>.</summary>
    public string? ApiUrl { get; init; }

    /// <summary>At most 130 characters.</summary>
    public string Message { get; init; } = """{{ template "opsgenie.default.message" . }}""";

    /// <summary>At most 15000 characters.</summary>
    public string Description { get; init; } = """{{ template "opsgenie.default.description" . }}""";

    public string Source { get; init; } = """{{ template "opsgenie.default.source" . }}""";

    public IReadOnlyList<KeyValuePair<string, string>> Details { get; init; } = [];

    public string Entity { get; init; } = "";

    public IReadOnlyList<OpsGenieResponder> Responders { get; init; } = [];

    public string Actions { get; init; } = "";

    public string Tags { get; init; } = "";

    public string Note { get; init; } = "";

    public string Priority { get; init; } = "";

    public bool UpdateAlerts { get; init; }

    internal static Shape<OpsGenieConfig> Shape { get; } =
        new Shape<OpsGenieConfig>("opsgenie_config", new() { SendResolved = true })
            .SendResolved()
            .HttpConfig()
            .Field("api_key", Kinds.Secret, static c => c.ApiKey, static (c, v) => c with { ApiKey = v })
            .About("The API integration's key. A secret.")
            .Field(
                "api_key_file",
                Kinds.SecretFile("api_key"),
                static c => c.ApiKeyFile,
                static (c, v) => c with { ApiKeyFile = v }
            )
            .About("A file that holds the key.")
            .Field("api_url", Kinds.Url, static c => c.ApiUrl, static (c, v) => c with { ApiUrl = v })
            .About("The API's address.")
            .Field("message", Kinds.Template, static c => c.Message, static (c, v) => c with { Message = v })
            .About("The alert's headline.")
            .Field(
                "description",
                Kinds.Template,
                static c => c.Description,
                static (c, v) => c with { Description = v }
            )
            .About("The alert's text.")
            .Field("source", Kinds.Template, static c => c.Source, static (c, v) => c with { Source = v })
            .About("A link back to the sender.")
            .Field("details", Kinds.TemplateMap, static c => c.Details, static (c, v) => c with { Details = v })
            .About("Names and values beside the alert; the common labels are among them anyway.")
            .Field("entity", Kinds.Template, static c => c.Entity, static (c, v) => c with { Entity = v })
            .About("What the alert is about.")
            .Field(
                "responders",
                Kinds.List(OpsGenieResponder.Shape),
                static c => c.Responders,
                static (c, v) => c with { Responders = v }
            )
            .About("Who is to answer.")
            .Field("actions", Kinds.Template, static c => c.Actions, static (c, v) => c with { Actions = v })
            .About("Actions that the alert offers, separated by commas.")
            .Field("tags", Kinds.Template, static c => c.Tags, static (c, v) => c with { Tags = v })
            .About("Tags, separated by commas.")
            .Field("note", Kinds.Template, static c => c.Note, static (c, v) => c with { Note = v })
            .About("A note on the alert.")
            .Field("priority", Kinds.Template, static c => c.Priority, static (c, v) => c with { Priority = v })
            .About("P1 (highest) to P5; P3 if left out.")
            .Field(
                "update_alerts",
                Kinds.Bool,
                static c => c.UpdateAlerts,
                static (c, v) => c with { UpdateAlerts = v }
            )
            .About("Whether a later notification changes the headline and text of an alert that exists.")
            .Mistaken("teams", "write responders: [{name: ..., type: team}]")
            .Exclusive("api_key", "api_key_file");

    internal override Integration Inherit(GlobalConfig global, Place place)
    {
        var (key, file) = Inheritance.Or((ApiKey, ApiKeyFile), (global.OpsgenieApiKey, global.OpsgenieApiKeyFile));
        var url = ApiUrl ?? global.OpsgenieApiUrl;
        place.RequireOwnOrGlobal(key is not null || file.Length > 0, "api_key", "opsgenie_api_key");
        place.RequireOwnOrGlobal(url is not null, "api_url", "opsgenie_api_url");
        return this with { ApiKey = key, ApiKeyFile = file, ApiUrl = Inheritance.WithSlash(url) };
    }
}
