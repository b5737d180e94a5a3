using AlertHub.Configuration.Shapes;
using AlertHub.Text;
using SecurityGroupGuard.Events;

namespace SecurityGroupGuard.Policies;

/// <summary>Somebody who may change any group in need, which is told aloud, and for a time only.</summary>
internal sealed record BreakGlass
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public PrincipalPattern? Principal { get; init; }

    /// <summary>How long such a change may stay.</summary>
    public TimeSpan For { get; init; } = TimeSpan.FromHours(4);

    public static Shape<BreakGlass> Shape { get; } =
        new Shape<BreakGlass>("break_glass", new())
            .Called("an entry of break_glass")
            .Field(
                "principal",
                PolicyKinds.Principal,
                static b => b.Principal,
                static (b, v) => b with { Principal = v }
            )
            .About("The ARN of a role (with its path), a user or an account's root; * and ? stand for others.")
            .Field("for", Kinds.Duration, static b => b.For, static (b, v) => b with { For = v })
            .About("How long after a change somebody has to confirm or to undo it; a week at most.")
            .Require("principal", "say who may break the glass")
            .Check(
                static (b, place) =>
                {
                    if (b.For <= TimeSpan.Zero || b.For > Longest)
                    {
                        place["for"].Error($"expected more than 0s and at most {PrometheusDuration.Print(Longest)}");
                    }
                }
            );

    public bool IsFor(Actor actor) => Principal?.IsMatch(actor.Principal) == true;

    public DateTimeOffset Until(DateTimeOffset at) =>
        DateTimeOffset.MaxValue - at < For ? DateTimeOffset.MaxValue : at + For;
}
