using SecurityGroupGuard.Events;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Functions;

/// <summary>Which part of an event is for which group.</summary>
internal static class EventsOf
{
    /// <summary>
    /// The change as one of this group; null where it is of another. One whose event has only a name was sorted under the
    /// group that has it.
    /// </summary>
    /// <param name="change">Of an event with several.</param>
    /// <param name="group">Null for whichever it names.</param>
    public static ChangeEvent? Group(ChangeEvent change, GroupId? group) =>
        change.Group.Id.Length > 0 ? (group is null || change.Group == group ? change : null)
        : group is not null && change.GroupName is not null ? change with { Group = group }
        : null;
}
