using AlertHub.Tests.Support;
using FsCheck;
using FsCheck.Fluent;
using SecurityGroupGuard.Events;
using SecurityGroupGuard.Planning;
using SecurityGroupGuard.Policies;
using SecurityGroupGuard.Rules;

namespace AlertHub.Tests.SecurityGroups.Planning;

/// <summary>What undoing leaves alone, and why.</summary>
public sealed class Reservations
{
    private static readonly Gen<(int Seed, int Variety)> Scenes = Gen.Zip(
        Gen.Choose(0, int.MaxValue),
        Gen.Elements(3, 8, 64)
    );

    [Fact]
    public void A_plan_never_opens_what_policy_forbids_unless_it_is_open() =>
        Properties.ForAll(
            Scenes,
            static scene =>
            {
                var policy = new Policy();
                var random = new Random(scene.Seed);
                var model = new GroupModel(random, scene.Variety);
                var baseline = Baseline.Take(model.Group, "me", GroupModel.Start);
                for (var times = 0; times < 8; times++)
                {
                    if (model.Happen() is not { } change)
                    {
                        continue;
                    }

                    foreach (var step in Planner(policy).Undo(change, model.Group, baseline).Steps)
                    {
                        var open = model.Group.Rules;
                        model.Do(step);
                        Assert.All(
                            model.Group.Rules.Where(rule => policy.Forbids(rule.Traffic)),
                            rule => Assert.Contains(open, other => other.Traffic.Covers(rule.Traffic))
                        );
                    }

                    baseline = baseline.Rebound(model.Group);
                }
            },
            500
        );

    [Fact]
    public void A_forbidden_rule_that_was_changed_stays_away_and_so_does_what_it_became()
    {
        var plan = Undo(Rule("1", 22, "0.0.0.0/0"), Rule("1", 3389, "0.0.0.0/0"));

        Assert.Equal("revoke sgr-1: ingress tcp 3389 from 0.0.0.0/0", $"{Assert.Single(plan.Steps)}");
        Assert.Equal(LeftReason.Forbidden, Assert.Single(plan.Left).Why);
    }

    [Fact]
    public void A_forbidden_rule_that_was_narrowed_stays_narrow()
    {
        var plan = Undo(Rule("1", 22, "0.0.0.0/0"), Rule("1", 22, "10.0.0.0/8"));

        Assert.Empty(plan.Steps);
        Assert.Equal(LeftReason.Forbidden, Assert.Single(plan.Left).Why);
    }

    [Fact]
    public void Where_policy_leaves_what_was_closed_neither_a_revoke_nor_a_narrowing_is_undone()
    {
        var policy = new Policy { RevokedRules = RevokedRules.Leave };
        var plan = Undo(Rule("1", 22, "10.0.0.0/8"), Rule("1", 22, "10.1.0.0/16"), policy);
        Assert.Empty(plan.Steps);
        Assert.Equal(LeftReason.Narrowed, Assert.Single(plan.Left).Why);

        var revoked = Planner(policy)
            .Undo(
                Event(new Change.Revoked([Rule("1", 22, "10.0.0.0/8")], [])),
                Group(),
                Baseline.Take(Group(Rule("1", 22, "10.0.0.0/8")), "me", GroupModel.Start)
            );
        Assert.Empty(revoked.Steps);
        Assert.Equal(LeftReason.Narrowed, Assert.Single(revoked.Left).Why);
    }

    [Fact]
    public void What_anyone_may_let_through_stays_though_nobody_approved_it()
    {
        var (policy, problems) = Policy.Read(
            "mode: enforce\napproved: [{direction: ingress, protocol: tcp, ports: '443', cidrs: [10.0.0.0/8]}]\n",
            "policy"
        );
        Assert.Empty(problems);
        var plan = Planner(policy!)
            .Undo(
                Event(new Change.Added([Rule("1", 443, "10.1.0.0/16"), Rule("2", 22, "10.1.0.0/16")])),
                Group(Rule("1", 443, "10.1.0.0/16"), Rule("2", 22, "10.1.0.0/16")),
                Baseline.Take(Group(), "me", GroupModel.Start)
            );

        Assert.Equal("revoke sgr-2: ingress tcp 22 from 10.1.0.0/16", $"{Assert.Single(plan.Steps)}");
        Assert.Equal(LeftReason.Approved, Assert.Single(plan.Left).Why);
    }

    [Fact]
    public void Rules_that_changed_places_cost_one_of_them_its_id()
    {
        var plan = Planner(new() { Forbidden = [] })
            .Drift(
                Group(Rule("1", 23, "10.0.0.0/8"), Rule("2", 22, "10.0.0.0/8")),
                Baseline.Take(Group(Rule("1", 22, "10.0.0.0/8"), Rule("2", 23, "10.0.0.0/8")), "me", GroupModel.Start)
            );

        Assert.Equal(["Revoke", "Modify", "Authorize"], plan.Steps.Select(static step => step.GetType().Name));
    }

    [Fact]
    public void An_event_from_before_the_baseline_was_taken_undoes_nothing()
    {
        var plan = Planner(new())
            .Undo(
                Event(new Change.Added([Rule("1", 22, "10.0.0.0/8")])),
                Group(Rule("1", 22, "10.0.0.0/8")),
                Baseline.Take(Group(), "me", GroupModel.Start.AddHours(1))
            );

        Assert.Empty(plan.Steps);
        Assert.Equal(LeftReason.Stale, Assert.Single(plan.Left).Why);
    }

    [Fact]
    public void A_group_that_somebody_made_goes_only_where_policy_says_so_and_nobody_approved_it()
    {
        var change = Event(new Change.Created("web", null, Tags.None));
        Assert.Empty(Planner(new()).Undo(change, Group(), null).Steps);
        var delete = new Policy { CreatedGroups = CreatedGroups.Delete };
        Assert.IsType<Step.Delete>(Assert.Single(Planner(delete).Undo(change, Group(), null).Steps));
        Assert.Empty(Planner(delete).Undo(change, Group(), Baseline.Take(Group(), "me", GroupModel.Start)).Steps);
    }

    private static Plan Undo(Rule before, Rule now, Policy? policy = null) =>
        Planner(policy ?? new())
            .Undo(
                Event(
                    new Change.Modified([
                        new(
                            now.Id!,
                            now.Traffic.Protocol,
                            now.Traffic.From,
                            now.Traffic.To,
                            now.Traffic.Peer,
                            now.Description
                        ),
                    ])
                ),
                Group(now),
                Baseline.Take(Group(before), "me", GroupModel.Start)
            );

    private static Planner Planner(Policy policy) => new(policy, static _ => false);

    private static SecurityGroup Group(params Rule[] rules) => new() { Id = GroupModel.Id, Rules = rules };

    private static Rule Rule(string id, int port, string network) =>
        new()
        {
            Id = $"sgr-{id}",
            Traffic = Traffic.Create(
                Direction.Ingress,
                Protocol.Tcp,
                port,
                port,
                new Peer.Addresses(Network.Parse(network)!.Value)
            ),
        };

    private static ChangeEvent Event(Change change) =>
        new()
        {
            Id = "event-1",
            Name = "Call",
            At = GroupModel.Start.AddMinutes(1),
            Actor = new(),
            Group = GroupModel.Id,
            Change = change,
        };
}
