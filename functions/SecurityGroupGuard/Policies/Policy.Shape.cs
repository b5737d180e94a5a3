using AlertHub.Configuration.Shapes;
using AlertHub.Configuration.Yaml;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Policies;

/// <summary>How a policy is written.</summary>
internal sealed partial record Policy
{
    /// <summary>
    /// Whoever is the world: all addresses, and half of them, since two such rules are the same. Public addresses of IPv6
    /// are those of <c>2000::/3</c>. (Quarters pass.)
    /// </summary>
    /// <remarks>Stands before the shape that prints it: static members come into being in their order here.</remarks>
    private static IReadOnlyList<TrafficPattern> WorldOpen { get; } =
    [
        new()
        {
            Direction = Direction.Ingress,
            Protocol = Protocol.All,
            Networks =
            [
                .. (
                    (string[])
                        ["0.0.0.0/0", "0.0.0.0/1", "128.0.0.0/1", "::/0", "::/1", "2000::/3", "2000::/4", "3000::/4"]
                )
                    .Select(static text => Network.Parse(text))
                    .OfType<Network>(),
            ],
        },
    ];

    public static Shape<Policy> Shape { get; } =
        new Shape<Policy>("policy", new())
            .Called("a policy")
            .Field(
                "mode",
                PolicyKinds.Mode,
                static p => p.mode,
                static (p, v) => v is { } given ? p with { Mode = given } : p
            )
            .About(
                "observe: changes are told. dry_run: EC2 is asked whether they might be undone. enforce: they are undone."
            )
            .Field("modes", Kinds.List(TaggedMode.Shape), static p => p.Modes, static (p, v) => p with { Modes = v })
            .About("Another mode for groups with a tag. The first that fits is the one.")
            .Field("scope", Kinds.Struct(Scope.Shape), static p => p.Scope, static (p, v) => p with { Scope = v })
            .About("The groups that are guarded: those that each list names. All, if nothing is given.")
            .Field("exempt_tag", ExemptTag.Shape, static p => p.ExemptTag, static (p, v) => p with { ExemptTag = v })
            .About(
                "A tag by which a group is left alone. It counts once it was approved. No group is, if it is not given."
            )
            .Field("allow", Kinds.List(Allowance.Shape), static p => p.Allow, static (p, v) => p with { Allow = v })
            .About("Who may change any group.")
            .Field(
                "services",
                Kinds.List(Ownership.Shape),
                static p => p.Services,
                static (p, v) => p with { Services = v }
            )
            .About("AWS services that may change groups of their own.")
            .Field(
                "break_glass",
                Kinds.List(Policies.BreakGlass.Shape),
                static p => p.BreakGlass,
                static (p, v) => p with { BreakGlass = v }
            )
            .About("Who may change any group in need, for a time, which is told aloud.")
            .Field("windows", Kinds.List(Window.Shape), static p => p.Windows, static (p, v) => p with { Windows = v })
            .About("When changes are allowed.")
            .Field(
                "approved",
                Kinds.List(TrafficPattern.Shape),
                static p => p.Approved,
                static (p, v) => p with { Approved = v }
            )
            .About(
                "Traffic that anybody may let through: rules that one entry covers, with one of its blocks and all of its ports."
            )
            .Field(
                "forbidden",
                Kinds.List(TrafficPattern.Shape),
                static p => p.Forbidden,
                static (p, v) => p with { Forbidden = v }
            )
            .About(
                "Traffic that is not let through again when a revoke is undone: rules for all of one of an entry's blocks and one of its ports. If not given: ingress from the whole world, or from half of it."
            )
            .Field(
                "revoked_rules",
                PolicyKinds.RevokedRules,
                static p => p.RevokedRules,
                static (p, v) => p with { RevokedRules = v }
            )
            .About("What becomes of rules that were revoked without leave: restore or leave.")
            .Field(
                "created_groups",
                PolicyKinds.CreatedGroups,
                static p => p.CreatedGroups,
                static (p, v) => p with { CreatedGroups = v }
            )
            .About("What becomes of groups that were made without leave: alert or delete.")
            .Field(
                "applied_groups",
                PolicyKinds.AppliedGroups,
                static p => p.AppliedGroups,
                static (p, v) => p with { AppliedGroups = v }
            )
            .About(
                "What becomes of calls without leave that give a group to something (RunInstances, ModifyNetworkInterfaceAttribute) or change a prefix list: alert or ignore. They are never undone."
            )
            .Field(
                "quarantine",
                Kinds.List(Policies.Quarantine.Shape),
                static p => p.Quarantine,
                static (p, v) => p with { Quarantine = v }
            )
            .About(
                "Where network interfaces of instances are kept apart once what was opened for them is of forbidden; not at all, if it is not given."
            )
            .Field("fight", Kinds.Struct(Fight.Shape), static p => p.Fight, static (p, v) => p with { Fight = v })
            .About("When the guard gives in to somebody who does again and again what it undoes.")
            .Field(
                "reconcile",
                Kinds.Struct(Reconcile.Shape),
                static p => p.Reconcile,
                static (p, v) => p with { Reconcile = v }
            )
            .About("The comparison with what was approved, for events that never came.")
            .Require("mode", "say how far the guard goes: observe, dry_run or enforce")
            .Check(
                static (p, place) =>
                {
                    if (place.Has("forbidden") && place["forbidden"].Node is YamlNode.Scalar { IsNull: true })
                    {
                        place["forbidden"]
                            .Error("nothing stands here; write [] if nothing is forbidden, or leave it out");
                    }

                    foreach (var (i, quarantine) in p.Quarantine.Index())
                    {
                        if (p.Quarantine.Take(i).Any(other => other.Vpc == quarantine.Vpc))
                        {
                            place["quarantine"]
                                [i]["vpc"]
                                .Error($"{quarantine.Vpc} has a group for quarantine already; remove one of them");
                        }
                    }

                    foreach (var (i, window) in p.Windows.Index())
                    {
                        if (window.Name.Length > 0 && p.Windows.Take(i).Any(other => other.Name == window.Name))
                        {
                            place["windows"]
                                [i]["name"]
                                .Error($"\"{window.Name}\" names a window already; give this one another name");
                        }
                    }
                }
            );
}
