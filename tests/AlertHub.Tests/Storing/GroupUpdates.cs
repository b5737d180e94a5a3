using AlertHub.Grouping;
using AlertHub.Storing;

namespace AlertHub.Tests.Storing;

internal static class GroupUpdates
{
    /// <summary>A change that looks at nothing but the group.</summary>
    public static Task<Group?> UpdateGroupAsync(this IAlertStore store, GroupId id, Func<Group?, Group?> change) =>
        store.UpdateAsync(id, state => change(state.Find(id)), default);
}
