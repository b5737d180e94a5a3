namespace SecurityGroupGuard.Planning;

/// <summary>Something that is not undone, and why.</summary>
/// <param name="What">The rule or whatever it is.</param>
/// <param name="Why">Of which kind the reason is.</param>
/// <param name="Sentence">The reason for a person, without its end.</param>
internal sealed record Left(string What, LeftReason Why, string Sentence);

internal enum LeftReason
{
    /// <summary>It is as it should be already: somebody was faster, or this is a second delivery.</summary>
    Done,

    /// <summary>Policy lets anyone do it.</summary>
    Approved,

    /// <summary>To undo it would open what policy forbids.</summary>
    Forbidden,

    /// <summary>It closed something, and policy leaves that to anyone.</summary>
    Narrowed,

    /// <summary>It was undone so often that somebody fights back.</summary>
    Fight,

    /// <summary>Nobody knows what was there before.</summary>
    Unknown,

    /// <summary>A baseline was taken after it.</summary>
    Stale,

    /// <summary>A difference that is too young to act upon: its event may be on the way.</summary>
    Young,

    /// <summary>Left until an emergency's time is over.</summary>
    BreakGlass,

    /// <summary>There is no such group any more.</summary>
    GroupGone,

    /// <summary>Of a kind that is told and not undone.</summary>
    ToldOnly,
}
