namespace AlertHub.Sources.Aws.Security;

/// <summary>The words in which Security Hub, Inspector, Macie and others say how bad a finding is.</summary>
internal static class FindingSeverity
{
    /// <param name="label">In any case: <c>HIGH</c>, <c>High</c>.</param>
    public static AwsSeverity Of(string? label) =>
        label?.ToUpperInvariant() switch
        {
            "FATAL" or "CRITICAL" or "HIGH" => AwsSeverity.Critical,
            "MEDIUM" => AwsSeverity.Warning,
            _ => AwsSeverity.Info,
        };
}
