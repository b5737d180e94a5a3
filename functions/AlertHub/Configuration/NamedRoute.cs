using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration;

/// <summary>A route of the routing tree under a name, by which the rest of hub.yml calls it.</summary>
public sealed record NamedRoute
{
    public required string Name { get; init; }

    /// <summary>Once loaded: the route's <see cref="Routing.RouteNode.Id"/>, also where the file has its key.</summary>
    public required string Route { get; init; }

    internal static Shape<NamedRoute> Shape { get; } =
        new Shape<NamedRoute>("hub_route", new() { Name = "", Route = "" })
            .Called("a route of hub.yml")
            .Field("name", Kinds.Text, static r => r.Name, static (r, v) => r with { Name = v })
            .About("The name, of your choice.")
            .Field("route", Kinds.Text, static r => r.Route, static (r, v) => r with { Route = v })
            .About(
                "The route's key: the matchers from the root down to it, such as '{}/{severity=\"critical\"}'; \"routes FILE --keys\" lists them."
            )
            .Require("name", "a route needs a name here")
            .Require("route", "say which route of alertmanager.yml is meant, such as '{}/{severity=\"critical\"}'");
}
