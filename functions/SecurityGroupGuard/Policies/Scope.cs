using AlertHub.Configuration.Shapes;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Policies;

/// <summary>The groups that are guarded. Each list that is not empty must name the group; without any all are.</summary>
internal sealed record Scope
{
    public IReadOnlyList<string> Accounts { get; init; } = [];

    public IReadOnlyList<string> Vpcs { get; init; } = [];

    public IReadOnlyList<string> Groups { get; init; } = [];

    public static Shape<Scope> Shape { get; } =
        new Shape<Scope>("scope", new())
            .Field(
                "accounts",
                Kinds.List(PolicyKinds.Account),
                static s => s.Accounts,
                static (s, v) => s with { Accounts = v }
            )
            .About("Accounts whose groups are guarded; all, if none is given.")
            .Field("vpcs", Kinds.List(PolicyKinds.Id("vpc")), static s => s.Vpcs, static (s, v) => s with { Vpcs = v })
            .About("VPCs whose groups are guarded; all, if none is given.")
            .Field(
                "groups",
                Kinds.List(PolicyKinds.Id("sg")),
                static s => s.Groups,
                static (s, v) => s with { Groups = v }
            )
            .About("Groups that are guarded; all, if none is given.");

    /// <summary>Why it is not guarded, or null. What is not known of a group is no reason.</summary>
    public string? Objection(GroupId group, string? vpc) =>
        Without("accounts", Accounts, group.Account)
        ?? Without("vpcs", Vpcs, vpc)
        ?? Without("groups", Groups, group.Id);

    private static string? Without(string list, IReadOnlyList<string> names, string? name) =>
        names.Count == 0 || string.IsNullOrEmpty(name) || names.Contains(name) ? null : $"scope.{list} lacks {name}";
}
