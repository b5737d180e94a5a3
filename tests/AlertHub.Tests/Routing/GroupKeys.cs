using AlertHub.Routing;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Routing;

public sealed class GroupKeys
{
    public static TheoryData<int> Table { get; } = [.. Enumerable.Range(0, GroupKeyCase.All.Count())];

    [Theory]
    [MemberData(nameof(Table))]
    public void A_group_has_the_key_that_Alertmanager_gives_it(int row)
    {
        var expected = GroupKeyCase.All.ElementAt(row);
        var route = expected.Route("it");
        var tree = RoutingTree.Compile(
            expected.Steps.Count == 0 ? route : new() { Receiver = "root", Routes = [route] }
        );

        var reached = tree.Match(expected.Alert).Single(node => node.Options.Receiver == "it" || !expected.IsReached);

        Assert.Equal(
            expected.IsReached ? expected.Key : "{}:{}",
            reached.GroupKey(reached.GroupLabels(expected.Alert))
        );
    }

    [Fact]
    public void Alerts_of_one_group_differ_only_in_labels_that_are_not_grouped_by()
    {
        var route = RoutingTree.Compile(new() { Receiver = "it", GroupBy = ["alertname", "cluster"] }).Root;

        Assert.Equal(
            route.GroupLabels(Some.Labels(("alertname", "A"), ("instance", "1"))),
            route.GroupLabels(Some.Labels(("alertname", "A"), ("instance", "2")))
        );
    }

    [Fact]
    public void Nothing_to_group_by_puts_all_alerts_into_one_group() =>
        Assert.Equal(
            Some.Labels(),
            RoutingTree.Compile(new() { Receiver = "it" }).Root.GroupLabels(Some.Labels(("alertname", "A")))
        );
}
