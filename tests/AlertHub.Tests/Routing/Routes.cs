using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Matching;
using AlertHub.Routing;
using AlertHub.Tests.Support;
using FsCheck.Fluent;

namespace AlertHub.Tests.Routing;

public sealed class Routes
{
    [Fact]
    public void An_alert_reaches_what_it_would_if_every_route_were_asked_in_turn() =>
        Properties.ForAll(
            Gen.Choose(0, int.MaxValue),
            seed =>
            {
                var generated = new GeneratedRoutes(seed);
                var config = generated.Tree();
                var tree = RoutingTree.Compile(config);

                for (var i = 0; i < 20; i++)
                {
                    var alert = generated.Alert();
                    Assert.Equal(Asked(config, alert), tree.Match(alert).Select(node => node.Options.Receiver));
                }
            },
            tests: 500
        );

    [Fact]
    public void What_is_explained_is_what_happens() =>
        Properties.ForAll(
            Gen.Choose(0, int.MaxValue),
            seed =>
            {
                var generated = new GeneratedRoutes(seed);
                var tree = RoutingTree.Compile(generated.Tree());
                var alert = generated.Alert();

                Assert.Equal(tree.Match(alert), tree.Explain(alert).Ends.Select(end => end.Route));
            },
            tests: 300
        );

    [Fact]
    public void No_two_routes_share_an_id() =>
        Properties.ForAll(
            Gen.Choose(0, int.MaxValue),
            seed =>
            {
                var tree = RoutingTree.Compile(new GeneratedRoutes(seed).Tree());

                Assert.Distinct(tree.Routes.Select(route => route.Id));
            }
        );

    [Fact]
    public void Of_many_siblings_for_one_alert_the_first_takes_it_whichever_label_leads_to_it()
    {
        var tree = Tree([
            .. Enumerable.Range(0, 50).Select(i => Route($"service-{i}", $"service={i}", "severity=page")),
            Route("page", "severity=page"),
            .. Enumerable.Range(0, 50).Select(i => Route($"host-{i}", $"host={i}")),
        ]);

        Assert.Equal(["service-7"], Reached(tree, ("service", "7"), ("severity", "page"), ("host", "9")));
        Assert.Equal(["page"], Reached(tree, ("service", "99"), ("severity", "page"), ("host", "9")));
        Assert.Equal(["host-9"], Reached(tree, ("service", "7"), ("host", "9")));
        Assert.Equal(["root"], Reached(tree, ("service", "7")));
        Assert.Equal(["root"], Reached(tree));
    }

    [Fact]
    public void Continue_asks_on_among_many_siblings_in_the_order_of_the_file()
    {
        var tree = Tree([
            .. Enumerable.Range(0, 20).Select(i => Route($"a-{i}", $"a={i}") with { Continue = true }),
            Route("no-b", "b=") with
            {
                Continue = true,
            },
            .. Enumerable.Range(0, 20).Select(i => Route($"c-{i}", $"c={i}") with { Continue = i % 2 == 0 }),
            Route("last", "a=3"),
        ]);

        Assert.Equal(["a-3", "no-b", "c-4", "last"], Reached(tree, ("c", "4"), ("a", "3")));
        Assert.Equal(["a-3", "no-b", "c-5"], Reached(tree, ("c", "5"), ("a", "3")));
        Assert.Equal(["c-5"], Reached(tree, ("c", "5"), ("b", "1")));
        Assert.Equal(["no-b"], Reached(tree, ("d", "5")));
    }

    [Fact]
    public void An_alert_with_many_labels_finds_its_route()
    {
        var tree = Tree([
            .. Enumerable.Range(0, 100).Select(i => Route($"r-{i}", $"label{i}=1") with { Continue = true }),
        ]);

        var alert = Enumerable.Range(0, 300).Select(i => ($"label{i}", i % 2 == 0 ? "1" : "0"));

        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"r-{2 * i}"), Reached(tree, [.. alert]));
    }

    [Fact]
    public void It_is_said_which_matcher_did_not_hold_and_who_stopped_the_search()
    {
        var tree = Tree([Route("first", "a=1", "b=2"), Route("second", "a=1"), Route("third", "a=1")]);

        var visits = tree.Explain(Some.Labels(("a", "1"), ("b", "3"))).Children;

        var refused = Assert.IsType<RouteOutcome.Refused>(visits[0].Outcome);
        Assert.Equal(("b=\"2\"", "3"), (refused.Matcher.ToString(), refused.Value));
        Assert.IsType<RouteOutcome.Reached>(visits[1].Outcome);
        Assert.Same(visits[1].Route, Assert.IsType<RouteOutcome.NotAsked>(visits[2].Outcome).Because);
    }

    [Fact]
    public void Keys_hold_sorted_matchers_and_ids_positions_too()
    {
        var tree = Tree([Route("x", "team=x y", "severity=b", "severity=a")]);

        Assert.Equal("{}/{severity=\"a\",severity=\"b\",team=\"x y\"}", tree.Root.Children[0].Key);
        Assert.Equal("{}/{severity=\"a\",severity=\"b\",team=\"x y\"}/0", tree.Root.Children[0].Id);
    }

    private static RoutingTree Tree(IReadOnlyList<RouteConfig> routes) =>
        RoutingTree.Compile(new() { Receiver = "root", Routes = routes });

    private static RouteConfig Route(string receiver, params string[] matchers) =>
        new()
        {
            Receiver = receiver,
            Matchers =
            [
                .. from matcher in matchers
                let parts = matcher.Split('=', 2)
                select Matcher.Create(parts[0], MatchOperator.Equal, parts[1], out _)!,
            ],
        };

    private static IEnumerable<string> Reached(RoutingTree tree, params (string, string)[] labels) =>
        tree.Match(Some.Labels(labels)).Select(node => node.Options.Receiver);

    /// <summary>The walk as it is described, with nothing looked up and nothing left out.</summary>
    private static List<string> Asked(RouteConfig route, Labels alert)
    {
        var matchers = route.Match.Concat(route.MatchRe).Concat(route.Matchers);
        if (!matchers.All(matcher => matcher.Matches(alert[matcher.Name])))
        {
            return [];
        }

        var all = new List<string>();
        foreach (var child in route.Routes)
        {
            var below = Asked(child, alert);
            all.AddRange(below);
            if (below.Count > 0 && !child.Continue)
            {
                break;
            }
        }

        return all.Count > 0 ? all : [route.Receiver!];
    }
}
