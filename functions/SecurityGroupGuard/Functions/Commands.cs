namespace SecurityGroupGuard.Functions;

/// <summary>What people tell the guard: <c>{"command": "baseline", "groups": "all"}</c>.</summary>
internal static class Commands
{
    /// <summary>Takes groups as they are for their baselines: of <c>groups</c>, a list of ids or <c>all</c>.</summary>
    public const string Baseline = "baseline";

    /// <summary>The same for one <c>group</c>, and what the two are between the functions.</summary>
    public const string Approve = "approve";

    /// <summary>Compares groups with their baselines: <c>groups</c>, or all.</summary>
    public const string Reconcile = "reconcile";

    /// <summary>Who is to be named in the history.</summary>
    public const string By = "by";
}
