namespace AlertHub.Sources.Aws.Security;

/// <summary>
/// A finding of Macie. It is sent when it is new, and of a bucket's policy when it is seen again; no event says that it is
/// over.
/// </summary>
internal static class MacieFinding
{
    public static AwsKind Kind { get; } = AwsKind.OfEvent("macie-finding", "aws.macie", ["Macie Finding"], Tell);

    private static AwsStory? Tell(AwsEvent happened)
    {
        var finding = happened.Detail;
        if (finding.Text("id") is not { } id || finding.Text("type") is not { } type)
        {
            return null;
        }

        var affected = finding.Member("resourcesAffected") ?? default;
        var bucket = affected.Member("s3Bucket")?.Text("name");
        var key = affected.Member("s3Object")?.Text("key");
        return new()
        {
            Name = $"Macie {type}",
            Identity = id,
            Phase = finding.Text("archived") == "true" ? AwsPhase.Ends : AwsPhase.Happened,
            Severity = FindingSeverity.Of(finding.Member("severity")?.Text("description")),
            Summary =
                $"{finding.Text("title")?.TrimEnd('.') ?? type}{(bucket is null ? "" : $" (s3://{bucket}{(key is null ? "" : $"/{key}")})")}",
            Description = finding.Text("description"),
            Resource = bucket,
            Account = finding.Text("accountId"),
            Region = finding.Text("region"),
            At = finding.Time("updatedAt"),
            ConsolePath = $"macie/home#findings?itemId={Uri.EscapeDataString(id)}",
            Facts =
            [
                new("category", finding.Text("category") ?? ""),
                new("finding_severity", finding.Member("severity")?.Text("description") ?? ""),
                new("times_seen", finding.Text("count") ?? ""),
                new("public_access", affected.Member("s3Bucket", "publicAccess")?.Text("effectivePermission") ?? ""),
                new("job", finding.Member("classificationDetails")?.Text("jobId") ?? ""),
                new("sample", finding.Text("sample") == "true" ? "true" : ""),
            ],
        };
    }
}
