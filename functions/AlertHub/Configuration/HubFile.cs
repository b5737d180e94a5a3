using AlertHub.Configuration.Receivers;
using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration;

/// <summary>hub.yml as written: what alertmanager.yml cannot say. Nothing in it is required.</summary>
internal sealed record HubFile
{
    public IReadOnlyList<Receiver> Receivers { get; init; } = [];

    public IReadOnlyList<NamedRoute> Routes { get; init; } = [];

    public IReadOnlyList<AutosilenceRule> Autosilence { get; init; } = [];

    public IReadOnlyList<SeverityRule> Severities { get; init; } = [];

    /// <summary>A receiver of alertmanager.yml and what hub.yml adds to it.</summary>
    /// <remarks>Stands before the shape that holds it: static members come into being in their order here.</remarks>
    private static Shape<Receiver> Additions { get; } =
        Elsewhere(
            new Shape<Receiver>("hub_receiver", new() { Name = "" })
                .Called("a receiver of hub.yml")
                .Field("name", Kinds.Text, static r => r.Name, static (r, v) => r with { Name = v })
                .About("The name of a receiver of alertmanager.yml.")
                .Integrations("console_configs", ConsoleConfig.Shape)
                .About("Notifications as plain text on standard output.")
                .Require("name", "say which receiver of alertmanager.yml is meant")
        );

    public static Shape<HubFile> Shape { get; } =
        new Shape<HubFile>("hub", new())
            .Called("hub.yml")
            .Field(
                "receivers",
                Kinds.List(Additions),
                static h => h.Receivers,
                static (h, v) => h with { Receivers = v }
            )
            .About("Ways to tell somebody that Alertmanager lacks, for receivers of alertmanager.yml.")
            .Field("routes", Kinds.List(NamedRoute.Shape), static h => h.Routes, static (h, v) => h with { Routes = v })
            .About("Names for routes of alertmanager.yml.")
            .Field(
                "autosilence",
                Kinds.List(AutosilenceRule.Shape),
                static h => h.Autosilence,
                static (h, v) => h with { Autosilence = v }
            )
            .About("Alerts that are silenced as soon as they begin to fire. The first rule that matches is the one.")
            .Field(
                "severities",
                Kinds.List(SeverityRule.Shape),
                static h => h.Severities,
                static (h, v) => h with { Severities = v }
            )
            .About("How bad alerts are that come as messages. The first rule that matches is the one.");

    /// <summary>What a receiver has in alertmanager.yml is not written here a second time.</summary>
    private static Shape<Receiver> Elsewhere(Shape<Receiver> additions) =>
        Receiver
            .Shape.Keys.Except(additions.Keys)
            .Aggregate(
                additions,
                static (shape, key) =>
                    shape.Mistaken(key, "it takes name and console_configs; the rest stands in alertmanager.yml")
            );
}
