using AlertHub.Configuration;
using AlertHub.Routing;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Routing;

public sealed class Inheritance
{
    private static readonly RouteConfig Said = new()
    {
        Receiver = "ops",
        GroupBy = ["b", "a", "b"],
        GroupWait = TimeSpan.FromSeconds(1),
        GroupInterval = TimeSpan.FromSeconds(2),
        RepeatInterval = TimeSpan.FromSeconds(3),
        MuteTimeIntervals = ["night"],
        ActiveTimeIntervals = ["office"],
        Labels = Some.Labels(("team", "ops"), ("tier", "1")),
        Continue = true,
    };

    [Fact]
    public void A_root_that_says_nothing_has_Alertmanagers_defaults()
    {
        var options = RoutingTree.Compile(new() { Receiver = "ops" }).Root.Options;

        Assert.Equal(
            (TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromHours(4)),
            (options.GroupWait, options.GroupInterval, options.RepeatInterval)
        );
        Assert.Empty(options.GroupBy);
        Assert.False(options.GroupByAll);
    }

    [Fact]
    public void All_labels_said_twice_are_all_labels() =>
        Assert.True(RoutingTree.Compile(new() { Receiver = "ops", GroupBy = ["...", "..."] }).Root.Options.GroupByAll);

    [Fact]
    public void A_child_that_says_nothing_has_what_its_parent_has_but_for_time_intervals_and_continue()
    {
        var child = RoutingTree.Compile(Said with { Routes = [new()] }).Root.Children[0];

        Assert.Equal("ops", child.Options.Receiver);
        Assert.Equal(["a", "b"], child.Options.GroupBy);
        Assert.Equal(
            (Said.GroupWait, Said.GroupInterval, Said.RepeatInterval),
            (child.Options.GroupWait, child.Options.GroupInterval, child.Options.RepeatInterval)
        );
        Assert.Equal(Said.Labels, child.Options.Labels);
        Assert.Empty(child.Options.MuteTimeIntervals);
        Assert.Empty(child.Options.ActiveTimeIntervals);
        Assert.False(child.Continue);
    }

    [Fact]
    public void What_a_child_says_holds_for_it_and_its_children()
    {
        var grandchild = RoutingTree
            .Compile(new() { Receiver = "root", Routes = [Said with { Routes = [new()] }] })
            .Root.Children[0]
            .Children[0];

        Assert.Equal("ops", grandchild.Options.Receiver);
        Assert.Equal(Said.GroupWait, grandchild.Options.GroupWait);
    }

    [Fact]
    public void Zero_is_said_too() =>
        Assert.Equal(TimeSpan.Zero, Child(Said, new() { GroupWait = TimeSpan.Zero }).GroupWait);

    [Fact]
    public void Labels_are_added_to_those_of_the_parent() =>
        Assert.Equal(
            Some.Labels(("team", "web"), ("tier", "1"), ("x", "y")),
            Child(Said, new() { Labels = Some.Labels(("team", "web"), ("x", "y")) }).Labels
        );

    [Fact]
    public void All_labels_give_way_to_some_and_some_to_all_and_to_none()
    {
        var all = Said with { GroupBy = ["..."] };

        Assert.True(Child(all, new()).GroupByAll);
        Assert.True(Child(Said, all).GroupByAll);
        Assert.False(Child(all, Said).GroupByAll);
        Assert.Equal(["a", "b"], Child(all, Said).GroupBy);
        Assert.Empty(Child(Said, new() { GroupBy = [] }).GroupBy);
        Assert.False(Child(all, new() { GroupBy = [] }).GroupByAll);
    }

    private static RouteSettings Child(RouteConfig parent, RouteConfig child) =>
        RoutingTree.Compile(parent with { Routes = [child] }).Root.Children[0].Options;
}
