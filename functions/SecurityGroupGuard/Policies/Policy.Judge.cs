using System.Globalization;
using SecurityGroupGuard.Events;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Policies;

/// <summary>Whether a change was allowed, whatever it lets through.</summary>
internal sealed partial record Policy
{
    /// <summary>The first that holds, in this order.</summary>
    /// <param name="change">The change. Its own time decides about windows, however late it is told.</param>
    /// <param name="group">The group as it is now; null where it is no more, or not known.</param>
    /// <param name="approvedTags">The group's tags as they were approved last; none of a new group.</param>
    /// <param name="guardRole">The ARN of the role that the guard works as, or of a session of it.</param>
    public Permission Judge(ChangeEvent change, SecurityGroup? group, Tags approvedTags, string guardRole) =>
        Failed(change)
        ?? Own(change.Actor, guardRole)
        ?? OutOfScope(change, group)
        ?? Exempt(approvedTags)
        ?? Listed(change.Actor)
        ?? Owner(change.Actor, group?.Tags ?? approvedTags)
        ?? InNeed(change)
        ?? (Permission?)InWindow(change, approvedTags)
        ?? new Permission.Unauthorised($"no entry of the policy allows it to {change.Actor}");

    private static Permission.Failed? Failed(ChangeEvent change) =>
        change.Error is { } error ? new($"the call failed: {error}")
        : change.IsDryRun ? new("the call was a dry run")
        : null;

    private static Permission.Own? Own(Actor actor, string guardRole)
    {
        var role = RoleName.Parse(guardRole);
        var isOwn = role is null ? actor.Principal == guardRole : RoleName.Parse(actor.Principal) == role;
        return isOwn ? new("the guard itself did it") : null;
    }

    private Permission.OutOfScope? OutOfScope(ChangeEvent change, SecurityGroup? group) =>
        Scope.Objection(group?.Id ?? change.Group, group?.Vpc ?? (change.Change as Change.Created)?.Vpc)
            is { } objection
            ? new(objection)
            : null;

    private Permission.Allowed? Exempt(Tags approved) =>
        ExemptTag is { } tag && tag.IsOn(approved)
            ? new($"exempt_tag: the group had {tag.Key}={approved[tag.Key]} before")
            : null;

    private Permission.Allowed? Listed(Actor actor) =>
        First(Allow, entry => entry.IsFor(actor)) is (var i, { } entry) ? new($"{At("allow", i)} names {entry}") : null;

    private Permission.Allowed? Owner(Actor actor, Tags tags) =>
        First(Services, service => service.Owns(actor, tags)) is (var i, { } service)
            ? new($"{At("services", i)}: the group is {service.Name}'s own, which {service.Tag} says")
            : null;

    private Permission.BreakGlass? InNeed(ChangeEvent change) =>
        First(BreakGlass, entry => entry.IsFor(change.Actor)) is (var i, { } entry)
            ? new($"{At("break_glass", i)} names {entry.Principal}", entry.Until(change.At))
            : null;

    private Permission.Allowed? InWindow(ChangeEvent change, Tags approved)
    {
        foreach (var (i, window) in Windows.Index())
        {
            if (window.IsFor(change.Actor) && window.HasTicket(approved) && window.OpenUntil(change.At) is { } end)
            {
                var ticket = window.Tag is { } tag ? $", and the group had {tag}={approved[tag]}" : "";
                return new(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{At("windows", i)} \"{window.Name}\" was open until {end:yyyy-MM-dd'T'HH:mm:ss'Z'}{ticket}"
                    )
                );
            }
        }

        return null;
    }

    private static (int At, T? Entry) First<T>(IReadOnlyList<T> entries, Func<T, bool> holds)
        where T : class => entries.Index().FirstOrDefault(each => holds(each.Item));

    private static string At(string list, int index) => string.Create(CultureInfo.InvariantCulture, $"{list}[{index}]");
}
