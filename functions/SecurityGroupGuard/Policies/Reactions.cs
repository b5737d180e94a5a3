namespace SecurityGroupGuard.Policies;

/// <summary>What becomes of rules that somebody took away without being allowed to.</summary>
internal enum RevokedRules
{
    /// <summary>They are authorised again, but for what is forbidden.</summary>
    Restore,

    /// <summary>They stay away: what was let through before is let through no more, and that is told.</summary>
    Leave,
}

/// <summary>What becomes of a group that somebody made without being allowed to.</summary>
internal enum CreatedGroups
{
    Alert,

    /// <summary>It goes, if nothing uses it.</summary>
    Delete,
}

/// <summary>What becomes of calls that give a group to something, or change a prefix list, without being allowed to.</summary>
internal enum AppliedGroups
{
    Alert,

    /// <summary>They stand in the log only: where machines come and go there are many.</summary>
    Ignore,
}

/// <summary>What becomes of differences that no event told of.</summary>
internal enum Drift
{
    Alert,
    Undo,
}
