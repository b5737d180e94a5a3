using AlertHub.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using SecurityGroupGuard.Events;
using SecurityGroupGuard.Planning;
using SecurityGroupGuard.Policies;

namespace AlertHub.Tests.SecurityGroups.Planning;

/// <summary>What undoing means, of groups and changes made at random.</summary>
public sealed class Undoing
{
    private static readonly Gen<(int Seed, int Variety)> Scenes = Gen.Zip(
        Gen.Choose(0, int.MaxValue),
        Gen.Elements(2, 3, 5, 8, 64)
    );

    /// <summary>Nothing is forbidden, so that everything comes back.</summary>
    private static readonly Policy Strict = new() { Forbidden = [] };

    private static Planner Planner() => new(Strict, static _ => false);

    [Fact]
    public void One_change_undone_is_the_state_before_and_no_other_rule_changes() =>
        Properties.ForAll(
            Scenes,
            static scene =>
            {
                var model = new GroupModel(new Random(scene.Seed), scene.Variety);
                for (var times = 0; times < 8; times++)
                {
                    var before = model.Group;
                    if (model.Happen() is not { } change)
                    {
                        continue;
                    }

                    var baseline = Baseline.Take(before, "me", GroupModel.Start);
                    var after = model.Group;
                    var plan = Planner().Undo(change, after, baseline);
                    foreach (var step in plan.Steps)
                    {
                        model.Do(step);
                    }

                    Assert.Equal(GroupModel.Says(before), GroupModel.Says(model.Group));
                    Assert.InRange(plan.Steps.Count, 0, 1);
                    // Whatever the event does not concern is the very same rule, id and all.
                    var touched = Touched.By(change.Change, before);
                    Assert.Equal(
                        after.Rules.Where(rule => !touched.Has(rule)),
                        model.Group.Rules.Where(rule => !touched.Has(rule) && after.Find(rule.Id) is not null)
                    );
                    Assert.Equal(
                        change.Change is not Change.Revoked,
                        before.Rules.All(rule => model.Group.Find(rule.Id) is { } same && same == rule)
                    );
                }
            },
            500
        );

    [Fact]
    public void Without_a_baseline_the_event_alone_undoes_what_it_tells_in_full() =>
        Properties.ForAll(
            Scenes,
            static scene =>
            {
                var model = new GroupModel(new Random(scene.Seed), scene.Variety);
                for (var times = 0; times < 8; times++)
                {
                    var before = model.Group;
                    if (model.Happen() is not { } change)
                    {
                        continue;
                    }

                    var baseline = Baseline.Derive(change, model.Group, GroupModel.Start.AddHours(1));
                    Assert.Equal(change.Change is Change.Added or Change.Revoked, baseline is not null);
                    var plan = Planner().Undo(change, model.Group, baseline);
                    if (baseline is null)
                    {
                        Assert.Empty(plan.Steps);
                        Assert.Equal(LeftReason.Unknown, Assert.Single(plan.Left).Why);
                        continue;
                    }

                    foreach (var step in plan.Steps)
                    {
                        model.Do(step);
                    }

                    Assert.Equal(GroupModel.Says(before), GroupModel.Says(model.Group));
                }
            },
            300
        );

    [Fact]
    public void Without_a_baseline_rules_added_and_revoked_come_to_the_state_before_in_any_order() =>
        Properties.ForAll(
            Scenes,
            static scene =>
            {
                var random = new Random(scene.Seed);
                var model = new GroupModel(random, scene.Variety) { IsSimple = true };
                var before = model.Group;
                Baseline? baseline = null;
                foreach (var change in Delivered(Several(model, random), random))
                {
                    baseline = baseline is null
                        ? Baseline.Derive(change, model.Group, GroupModel.Start.AddHours(1))!
                        : baseline.Without(change)!;
                    foreach (var step in Planner().Undo(change, model.Group, baseline).Steps)
                    {
                        model.Do(step);
                    }
                }

                Assert.Equal(GroupModel.Says(before), GroupModel.Says(model.Group));
            },
            1000
        );

    [Fact]
    public void Any_order_and_repetition_of_unauthorised_changes_comes_to_the_state_before() =>
        Properties.ForAll(
            Scenes,
            static scene =>
            {
                var random = new Random(scene.Seed);
                var model = new GroupModel(random, scene.Variety);
                var before = model.Group;
                var baseline = Baseline.Take(before, "me", GroupModel.Start);
                ChangeEvent[] events = Several(model, random);
                foreach (var change in Delivered(events, random))
                {
                    foreach (var step in Planner().Undo(change, model.Group, baseline).Steps)
                    {
                        model.Do(step);
                    }

                    baseline = baseline.Rebound(model.Group);
                }

                Assert.Equal(GroupModel.Says(before), GroupModel.Says(model.Group));
            },
            1000
        );

    [Fact]
    public void Approved_changes_among_them_stay_in_whatever_order_they_are_heard_of() =>
        Properties.ForAll(
            Scenes,
            static scene =>
            {
                var random = new Random(scene.Seed);
                var model = new GroupModel(random, scene.Variety);
                var taken = Baseline.Take(model.Group, "me", GroupModel.Start);
                ChangeEvent[] events = Several(model, random);
                var approved = events.Where(_ => random.Next(2) == 0).ToHashSet();
                var baseline = taken;
                foreach (var change in Delivered(events, random))
                {
                    if (approved.Contains(change))
                    {
                        baseline = baseline.After(change, model.Group);
                        continue;
                    }

                    foreach (var step in Planner().Undo(change, model.Group, baseline).Steps)
                    {
                        model.Do(step);
                    }

                    baseline = baseline.Rebound(model.Group);
                }

                foreach (var step in Planner().Drift(model.Group, baseline).Steps)
                {
                    model.Do(step);
                }

                Assert.Equal(GroupModel.Says(baseline.Group), GroupModel.Says(model.Group));
                Assert.Empty(Planner().Drift(model.Group, baseline.Rebound(model.Group)).Steps);
            },
            1000
        );

    [Fact]
    public void A_difference_from_the_baseline_is_mended_however_it_came_about() =>
        Properties.ForAll(
            Scenes,
            static scene =>
            {
                var random = new Random(scene.Seed);
                var model = new GroupModel(random, scene.Variety);
                var before = model.Group;
                Several(model, random);
                foreach (var step in Planner().Drift(model.Group, Baseline.Take(before, "me", GroupModel.Start)).Steps)
                {
                    model.Do(step);
                }

                Assert.Equal(GroupModel.Says(before), GroupModel.Says(model.Group));
            },
            1000
        );

    private static ChangeEvent[] Several(GroupModel model, Random random) =>
        [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => model.Happen()).OfType<ChangeEvent>()];

    /// <summary>Out of order, and some of them twice, as EventBridge may.</summary>
    private static ChangeEvent[] Delivered(ChangeEvent[] events, Random random)
    {
        ChangeEvent[] delivered = [.. events, .. events.Where(_ => random.Next(3) == 0)];
        random.Shuffle(delivered);
        return delivered;
    }
}
