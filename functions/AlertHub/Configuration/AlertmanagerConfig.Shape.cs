using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration;

public sealed partial record AlertmanagerConfig
{
    internal static Shape<AlertmanagerConfig> Shape { get; } =
        new Shape<AlertmanagerConfig>("alertmanager.yml", new() { Route = new(), Receivers = [] })
            .Field("global", GlobalConfig.Shape, static c => c.Global, static (c, v) => c with { Global = v ?? new() })
            .About("What receivers inherit.")
            .Field("route", RouteConfig.Shape, static c => c.Route, static (c, v) => c with { Route = v ?? new() })
            .About("The root of the routing tree, which takes every alert.")
            .Field(
                "inhibit_rules",
                Kinds.List(Kinds.Struct(InhibitRule.Shape)),
                static c => c.InhibitRules,
                static (c, v) => c with { InhibitRules = v }
            )
            .About("Which alerts mute which others.")
            .Field(
                "receivers",
                Kinds.List(Receiver.Shape),
                static c => c.Receivers,
                static (c, v) => c with { Receivers = v }
            )
            .About("Who is told, and how.")
            .Field("templates", Kinds.TextList, static c => c.Templates, static (c, v) => c with { Templates = v })
            .About("Globs of template files.")
            .Always()
            .Field(
                "mute_time_intervals",
                Kinds.List(NamedTimeInterval.Shape),
                static c => c.MuteTimeIntervals,
                static (c, v) => c with { MuteTimeIntervals = v }
            )
            .About("Deprecated, use time_intervals.")
            .Field(
                "time_intervals",
                Kinds.List(NamedTimeInterval.Shape),
                static c => c.TimeIntervals,
                static (c, v) => c with { TimeIntervals = v }
            )
            .About("Named times, for routes to be muted or active in.")
            .Accepts("tracing", TracingConfig.Shape)
            .About("Accepted, without effect.")
            .Accepts("event_recorder", EventRecorderConfig.Shape)
            .About("Accepted, without effect.")
            .Needs("route")
            .Needs("receivers")
            .Check(CrossChecks.Run)
            .Then(
                static (c, place) =>
                    c with
                    {
                        Receivers = [.. c.Receivers.Select((r, i) => r.Inherit(c.Global, place["receivers"][i]))],
                    }
            )
            .Check(Lint.Run);
}
