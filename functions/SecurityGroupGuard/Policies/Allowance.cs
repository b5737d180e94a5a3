using AlertHub.Configuration.Shapes;
using SecurityGroupGuard.Events;

namespace SecurityGroupGuard.Policies;

/// <summary>Somebody who may change any group. All that is given must hold.</summary>
internal sealed record Allowance
{
    public PrincipalPattern? Principal { get; init; }

    /// <summary>The actor's accounts; not the group's.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [];

    public Glob? SourceIdentity { get; init; }

    public static Shape<Allowance> Shape { get; } =
        new Shape<Allowance>("allow", new())
            .Called("an entry of allow")
            .Field(
                "principal",
                PolicyKinds.Principal,
                static a => a.Principal,
                static (a, v) => a with { Principal = v }
            )
            .About("The ARN of a role (with its path), a user or an account's root; * and ? stand for others.")
            .Field(
                "accounts",
                Kinds.List(PolicyKinds.Account),
                static a => a.Accounts,
                static (a, v) => a with { Accounts = v }
            )
            .About("Accounts that the actor is of.")
            .Field(
                "source_identity",
                PolicyKinds.Glob,
                static a => a.SourceIdentity,
                static (a, v) => a with { SourceIdentity = v }
            )
            .About("The source identity that the session has; * and ? stand for others.")
            .RequireOneOf("principal", "accounts", "source_identity")
            .Check(
                static (a, place) =>
                {
                    if (
                        a is { Principal: null, Accounts: [], SourceIdentity.Pattern: var pattern }
                        && pattern.All(static c => c is '*' or '?')
                    )
                    {
                        place["source_identity"]
                            .Warn($"\"{pattern}\" stands for whoever has any; name some, or give a principal too");
                    }
                }
            );

    /// <summary>Nobody where the actor has no principal.</summary>
    public bool IsFor(Actor actor) =>
        actor.Principal is not null
        && (Principal is null || Principal.IsMatch(actor.Principal))
        && (Accounts.Count == 0 || (actor.Account is { } account && Accounts.Contains(account)))
        && (SourceIdentity is null || SourceIdentity.IsMatch(actor.SourceIdentity));

    /// <summary>What of it was met, as <c>arn:aws:iam::*:role/a and source identity ci-*</c>.</summary>
    public override string ToString() =>
        string.Join(
            " and ",
            (
                (string?[])
                    [
                        Principal?.Pattern,
                        Accounts.Count == 0 ? null : $"account {string.Join(", ", Accounts)}",
                        SourceIdentity is null ? null : $"source identity {SourceIdentity}",
                    ]
            ).OfType<string>()
        );
}
