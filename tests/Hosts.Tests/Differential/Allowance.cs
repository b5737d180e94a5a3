namespace Hosts.Tests.Differential;

/// <summary>
/// A difference from Alertmanager 0.25 that is meant. Each is named here with its reason, and holds only for the
/// scenarios that name it; <see cref="NewerFields"/> alone holds for all, and only for the fields that it lists.
/// </summary>
internal sealed record Allowance(string Name, string Reason)
{
    /// <summary>Members of the webhook that 0.25 does not send yet.</summary>
    public static IReadOnlyDictionary<string, string> NewerFields { get; } =
        new Dictionary<string, string> { ["notification_reason"] = "0.32", ["routeLabels"] = "0.34" };

    public static Allowance UnknownSilence { get; } =
        new(nameof(UnknownSilence), "deleting a silence that does not exist: 500 in 0.25, 404 in 0.34");

    public static Allowance RetryTimes { get; } =
        new(nameof(RetryTimes), "the wait before another attempt is drawn at random on both sides");

    public static Allowance SlowDelivery { get; } =
        new(nameof(SlowDelivery), "Alertmanager holds a group's next tick until a slow receiver has answered");

    public static Allowance EmptyGroupEnds { get; } =
        new(
            nameof(EmptyGroupEnds),
            "a group without alerts: 0.25 keeps its timer for up to 30 s, 0.34 ends it at once"
        );

    public static Allowance EmptyGroupBy { get; } =
        new(nameof(EmptyGroupBy), "an empty group_by: 0.25 inherits the parent's, 0.34 groups by nothing");

    public static Allowance ResolvedUnderSilence { get; } =
        new(nameof(ResolvedUnderSilence), "improvement: what was announced is resolved aloud even under a silence");

    public static Allowance FiredAgainAfterSilence { get; } =
        new(
            nameof(FiredAgainAfterSilence),
            "improvement: an alert that fires again after it resolved under a silence is announced again"
        );

    public static Allowance ExactRepeat { get; } =
        new(nameof(ExactRepeat), "improvement: a repeat interval that is a multiple of the group interval is kept");

    public static Allowance InhibitedAtOnce { get; } =
        new(nameof(InhibitedAtOnce), "improvement: what inhibits is known before the first flush after a reload");

    public static Allowance RestartForgetsNothing { get; } =
        new(nameof(RestartForgetsNothing), "improvement: alerts survive a restart");

    public static Allowance ReloadKeepsTimers { get; } =
        new(nameof(ReloadKeepsTimers), "improvement: after a reload a group is due when it would have been without it");

    public static Allowance AnyLabelName { get; } =
        new(nameof(AnyLabelName), "names of labels: ASCII in 0.25, any UTF-8 since 0.27");

    public override string ToString() => $"{Name} ({Reason})";
}
