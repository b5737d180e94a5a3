using System.Text.Json;
using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>
/// One item of <c>pagerduty_configs</c>: Events API v2 with a routing key, the older v1 with a service key. Limits:
/// description 1024 characters, event 512 kB (https://developer.pagerduty.com/docs/events-api-v2/trigger-events/).
/// </summary>
public sealed record PagerdutyConfig : Integration
{
    /// <summary>What details hold unless the file says otherwise.</summary>
    private static readonly KeyValuePair<string, JsonElement?>[] DefaultDetails =
    [
        new("firing", Kinds.JsonText("{{ .Alerts.Firing | toJson }}")),
        new("num_firing", Kinds.JsonText("{{ .Alerts.Firing | len }}")),
        new("num_resolved", Kinds.JsonText("{{ .Alerts.Resolved | len }}")),
        new("resolved", Kinds.JsonText("{{ .Alerts.Resolved | toJson }}")),
    ];

    public override string Kind => "pagerduty";

    public SecretReference? ServiceKey { get; init; }

    public string ServiceKeyFile { get; init; } = "";

    public SecretReference? RoutingKey { get; init; }

    public string RoutingKeyFile { get; init; } = "";

    /// <summary>Null: <c>global.pagerduty_url</c>.</summary>
    public string? Url { get; init; }

    public string Client { get; init; } = """{{ template "pagerduty.default.client" . }}""";

    public string ClientUrl { get; init; } = """{{ template "pagerduty.default.clientURL" . }}""";

    /// <summary>At most 1024 characters.</summary>
    public string Description { get; init; } = """{{ template "pagerduty.default.description" .}}""";

    /// <summary>Always holds firing, resolved, num_firing and num_resolved.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonElement?>> Details { get; init; } = [];

    public IReadOnlyList<PagerdutyImage> Images { get; init; } = [];

    public IReadOnlyList<PagerdutyLink> Links { get; init; } = [];

    public string Source { get; init; } = "";

    public string Severity { get; init; } = "";

    public string Class { get; init; } = "";

    public string Component { get; init; } = "";

    public string Group { get; init; } = "";

    public TimeSpan Timeout { get; init; }

    internal static Shape<PagerdutyConfig> Shape { get; } =
        new Shape<PagerdutyConfig>("pagerduty_config", new() { SendResolved = true })
            .SendResolved()
            .HttpConfig()
            .Field("service_key", Kinds.Secret, static c => c.ServiceKey, static (c, v) => c with { ServiceKey = v })
            .About("The key of an integration of the type \"Prometheus\" (Events API v1). A secret.")
            .Field(
                "service_key_file",
                Kinds.SecretFile("service_key"),
                static c => c.ServiceKeyFile,
                static (c, v) => c with { ServiceKeyFile = v }
            )
            .About("A file that holds the service key.")
            .Field("routing_key", Kinds.Secret, static c => c.RoutingKey, static (c, v) => c with { RoutingKey = v })
            .About("The key of an integration of the type \"Events API v2\". A secret.")
            .Field(
                "routing_key_file",
                Kinds.SecretFile("routing_key"),
                static c => c.RoutingKeyFile,
                static (c, v) => c with { RoutingKeyFile = v }
            )
            .About("A file that holds the routing key.")
            .Field("url", Kinds.Url, static c => c.Url, static (c, v) => c with { Url = v })
            .About("Where events go, such as https://events.eu.pagerduty.com/v2/enqueue.")
            .Field("client", Kinds.Template, static c => c.Client, static (c, v) => c with { Client = v })
            .About("Who sends, as the incident shows it.")
            .Field("client_url", Kinds.Template, static c => c.ClientUrl, static (c, v) => c with { ClientUrl = v })
            .About("Where the sender's name leads.")
            .Field(
                "description",
                Kinds.Template,
                static c => c.Description,
                static (c, v) => c with { Description = v }
            )
            .About("The incident's title.")
            .Field("details", Kinds.Map(Kinds.Json), static c => c.Details, static (c, v) => c with { Details = v })
            .About("Names and values shown with the incident; texts anywhere inside are templates.")
            .Field(
                "images",
                Kinds.List(PagerdutyImage.Shape),
                static c => c.Images,
                static (c, v) => c with { Images = v }
            )
            .About("Pictures shown with the incident.")
            .Field("links", Kinds.List(PagerdutyLink.Shape), static c => c.Links, static (c, v) => c with { Links = v })
            .About("Links shown with the incident.")
            .Field("source", Kinds.Template, static c => c.Source, static (c, v) => c with { Source = v })
            .About("What is affected; the client if left out.")
            .Field("severity", Kinds.Template, static c => c.Severity, static (c, v) => c with { Severity = v })
            .About("critical, error, warning or info; error if left out.")
            .Field("class", Kinds.Template, static c => c.Class, static (c, v) => c with { Class = v })
            .About("What kind of event it is.")
            .Field("component", Kinds.Template, static c => c.Component, static (c, v) => c with { Component = v })
            .About("The part that is broken.")
            .Field("group", Kinds.Template, static c => c.Group, static (c, v) => c with { Group = v })
            .About("What the part belongs to.")
            .Field("timeout", Kinds.GoDuration, static c => c.Timeout, static (c, v) => c with { Timeout = v })
            .About("How long a request may take, such as 10s; 0 for no limit of its own.")
            .Always()
            .Since("0.26")
            .Mistaken("integration_key", "write routing_key (Events API v2) or service_key (Prometheus)")
            .Mistaken("custom_details", "write details")
            .Mistaken("summary", "write description")
            .RequireOneOf("routing_key", "routing_key_file", "service_key", "service_key_file")
            .Exclusive("routing_key", "routing_key_file")
            .Exclusive("service_key", "service_key_file")
            .Then(
                static (c, _) =>
                    c with
                    {
                        Source = Inheritance.Or(c.Source, c.Client),
                        Details =
                        [
                            .. c.Details,
                            .. DefaultDetails.ExceptBy(c.Details.Select(static d => d.Key), static d => d.Key),
                        ],
                    }
            );

    internal override Integration Inherit(GlobalConfig global, Place place)
    {
        var inherited = this with { Url = Url ?? global.PagerdutyUrl };
        place.RequireOwnOrGlobal(inherited.Url is not null, "url", "pagerduty_url");
        return inherited;
    }
}
