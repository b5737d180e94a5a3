namespace AlertHub.Sources.Aws.Keeping;

/// <summary>What an event of RDS begins or ends, by its number (RDS and Aurora user guides, "Event categories and messages").</summary>
internal sealed record RdsTrouble(string Name, AwsSeverity Severity, AwsPhase Phase)
{
    /// <summary>What ends several things is told as the end of the first here.</summary>
    private static readonly ILookup<string, RdsTrouble> ByNumber = Numbered([
        // Shut down, which somebody asked for, or a maintenance, or what is told beside it. Restarted, started, stopped, deleted.
        new("RDS restart", AwsSeverity.Warning, ["0004"], ["0006", "0088", "0087", "0003"]),
        // Patched while it is not to be reached, in the window that its owner chose.
        new("RDS maintenance", AwsSeverity.Info, ["0026"], ["0027"]),
        new(
            "RDS unavailable",
            AwsSeverity.Critical,
            // Failed to start, failed, invalid parameters, incompatible network, in recovery.
            ["0022", "0031", "0035", "0036", "0020", "0052"],
            // Restarted, recovered, started, activated; stopped or deleted, which somebody meant.
            ["0006", "0021", "0053", "0088", "0051", "0087", "0003"]
        ),
        new(
            "RDS failover",
            AwsSeverity.Critical,
            // Begun, within and across zones, failed, of a global database, that failed, too.
            ["0013", "0072", "0073", "0069", "0181", "0187"],
            ["0015", "0049", "0065", "0070", "0071", "0185", "0186"]
        ),
        new(
            "RDS storage low",
            AwsSeverity.Critical,
            // Used up, nearly, shut down for it, of Aurora, and what autoscaling cannot do about it.
            ["0007", "0089", "0221", "0222", "0227", "0223", "0224", "0254"],
            // Changed by somebody, or by autoscaling.
            ["0017", "0218"]
        ),
        new("RDS replication stopped", AwsSeverity.Warning, ["0045", "0057"], ["0046"]),
    ]);

    /// <param name="number">As <c>RDS-EVENT-0049</c>.</param>
    /// <returns>None where the event says nothing of that; several where it ends them.</returns>
    public static IReadOnlyList<RdsTrouble> Of(string? number) => number is null ? [] : [.. ByNumber[number]];

    private static ILookup<string, RdsTrouble> Numbered(IEnumerable<Course> courses) =>
        courses
            .SelectMany(static course =>
                course
                    .Begins.Select(number => (number, phase: AwsPhase.Begins))
                    .Concat(course.Ends.Select(number => (number, phase: AwsPhase.Ends)))
                    .Select(each => (each.number, trouble: new RdsTrouble(course.Name, course.Severity, each.phase)))
            )
            .ToLookup(static each => $"RDS-EVENT-{each.number}", static each => each.trouble, StringComparer.Ordinal);

    private sealed record Course(string Name, AwsSeverity Severity, string[] Begins, string[] Ends);
}
