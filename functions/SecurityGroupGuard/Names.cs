namespace SecurityGroupGuard;

/// <summary>What the guard's functions and the stack that deploys them must spell alike.</summary>
public static class Names
{
    /// <summary>The environment variable that says which function of the program this environment runs.</summary>
    public const string FunctionVariable = "GUARD_FUNCTION";

    /// <summary>Sorts events: to the queue, each under its group's name.</summary>
    public const string Receive = "SecurityGroupEvents";

    /// <summary>Works on one group's events in their order.</summary>
    public const string Guard = "SecurityGroupGuard";

    /// <summary>Name of the table with baselines and what became of events.</summary>
    public const string TableVariable = "GUARD_TABLE";

    /// <summary>URL of the FIFO queue between the two functions.</summary>
    public const string QueueVariable = "GUARD_QUEUE_URL";

    /// <summary>URL of the queue for what could not be undone.</summary>
    public const string FailuresVariable = "GUARD_FAILURES_QUEUE_URL";

    /// <summary>URL of the hub's Ingest queue, which notices go to.</summary>
    public const string HubQueueVariable = "GUARD_HUB_QUEUE_URL";

    /// <summary>Where the policy is: <c>ssm:/name</c> or <c>s3://bucket/key</c>.</summary>
    public const string PolicyVariable = "GUARD_POLICY";

    /// <summary>ARN of the role that the guard works as: what it did itself is not undone.</summary>
    public const string RoleVariable = "GUARD_ROLE_ARN";

    /// <summary>The account that the guard runs in; groups of other ones are worked on as <see cref="MemberRoleVariable"/>.</summary>
    public const string AccountVariable = "GUARD_ACCOUNT";

    /// <summary>Name of the guard's role in the other accounts; empty where there are none.</summary>
    public const string MemberRoleVariable = "GUARD_MEMBER_ROLE";

    /// <summary>Which of several guards this is: dimension of its metrics.</summary>
    public const string StageVariable = "GUARD_STAGE";

    /// <summary>Messages that the queue gives this often are the function's to tell of; then they go to the failures.</summary>
    public const int MostReceives = 6;

    /// <summary>Changes that were undone. Count.</summary>
    public const string UndoneMetric = "SecurityGroupChangesUndone";

    /// <summary>Changes that should have been undone and were not. Count.</summary>
    public const string FailedMetric = "SecurityGroupUndosFailed";

    /// <summary>Changes that were allowed. Count.</summary>
    public const string AllowedMetric = "SecurityGroupChangesAllowed";

    /// <summary>Calls that AWS refused or that were dry runs. Count.</summary>
    public const string DeniedMetric = "SecurityGroupCallsFailed";

    /// <summary>From a change to its undoing. Milliseconds.</summary>
    public const string DelayMetric = "SecurityGroupUndoDelay";
}
