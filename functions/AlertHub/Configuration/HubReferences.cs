using AlertHub.Configuration.Shapes;
using AlertHub.Routing;

namespace AlertHub.Configuration;

/// <summary>What hub.yml means by the names it takes from alertmanager.yml.</summary>
internal sealed class HubReferences(AlertmanagerConfig config, Place place)
{
    public HubConfig Bind(HubFile file) =>
        new()
        {
            Alertmanager = config,
            Receivers = Receivers(file.Receivers),
            Routes = [.. Routes(file.Routes)],
            Autosilence = Autosilence(file.Autosilence),
            Severities = file.Severities,
        };

    private IReadOnlyList<AutosilenceRule> Autosilence(IReadOnlyList<AutosilenceRule> rules)
    {
        foreach (var (i, rule) in rules.Index())
        {
            if (rule.Name.Length > 0 && rules.Take(i).Any(other => other.Name == rule.Name))
            {
                place["autosilence"]
                    [i]["name"]
                    .Error($"\"{rule.Name}\" names a rule already; give this one another name");
            }
        }

        return rules;
    }

    private Receiver[] Receivers(IReadOnlyList<Receiver> additions)
    {
        var names = config.Receivers.Select(static r => r.Name).ToArray();
        foreach (var (i, addition) in additions.Index().Where(a => a.Item.Name.Length > 0))
        {
            var at = place["receivers"][i]["name"];
            if (!names.Contains(addition.Name))
            {
                var remedy = Suggestion.For(addition.Name, names);
                at.Error(
                    $"\"{addition.Name}\" is no receiver of alertmanager.yml"
                        + (
                            remedy.Length > 0
                                ? remedy
                                : "; if it is to have only what stands here, add it there by its name alone, under receivers"
                        )
                );
            }

            if (additions.Take(i).Any(a => a.Name == addition.Name))
            {
                at.Error($"\"{addition.Name}\" stands here twice; put everything into one of them");
            }
        }

        return
        [
            .. config.Receivers.Select(receiver =>
                additions.FirstOrDefault(a => a.Name == receiver.Name) is { } addition
                    ? receiver with
                    {
                        Integrations = [.. receiver.Integrations, .. addition.Integrations],
                    }
                    : receiver
            ),
        ];
    }

    private IEnumerable<NamedRoute> Routes(IReadOnlyList<NamedRoute> named)
    {
        var routes = RoutingTree.Compile(config.Route).Routes.ToArray();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var nameOf = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (i, route) in named.Index())
        {
            var at = place["routes"][i];
            if (route.Name.Length > 0 && !names.Add(route.Name))
            {
                at["name"].Error($"\"{route.Name}\" names a route already; give this one another name");
            }

            if (route.Route.Length > 0 && Find(routes, route.Route, at["route"]) is { } found)
            {
                if (!nameOf.TryAdd(found.Id, route.Name))
                {
                    at["route"].Warn($"this route is called \"{nameOf[found.Id]}\" already; one name is enough");
                }

                yield return route with
                {
                    Route = found.Id,
                };
            }
        }
    }

    /// <summary>A route by its key, or by its id where siblings share a key.</summary>
    private static RouteNode? Find(RouteNode[] routes, string written, Place at)
    {
        RouteNode[] found = [.. routes.Where(r => r.Id == written)];
        found = found.Length > 0 ? found : [.. routes.Where(r => r.Key == written)];
        switch (found)
        {
            case [var route]:
                return route;
            case []:
                at.Error(
                    $"{RouteKey.Quote(written)} is no route of alertmanager.yml (\"routes FILE --keys\" lists them)"
                        + (RouteKey.Meant(written, routes) is { } near ? $"; did you mean {RouteKey.Quote(near)}?" : "")
                );
                return null;
            default:
                at.Error(
                    $"{found.Length} routes have the key {RouteKey.Quote(written)}; write the id of one: "
                        + string.Join(" or ", found.Select(static r => RouteKey.Quote(r.Id)))
                );
                return null;
        }
    }
}
