namespace AlertHub.Sources.Aws;

/// <summary>Where the console is, by the partition that a region is in.</summary>
internal static class AwsConsole
{
    /// <param name="region">Such as <c>eu-central-1</c>; without one there is no page.</param>
    /// <param name="path">Path and query behind the host, without the region.</param>
    public static Uri? Page(string? region, string path)
    {
        if (region is not { Length: > 0 } || !region.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-'))
        {
            return null;
        }

        var host =
            region.StartsWith("cn-", StringComparison.Ordinal) ? "console.amazonaws.cn"
            : region.StartsWith("us-gov-", StringComparison.Ordinal) ? "console.amazonaws-us-gov.com"
            : region.StartsWith("eusc-", StringComparison.Ordinal) ? $"{region}.console.amazonaws-eusc.eu"
            : $"{region}.console.aws.amazon.com";
        var (before, fragment) = path.Split('#', 2) is [var first, var second] ? (first, $"#{second}") : (path, "");
        var separator = before.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return Uri.TryCreate(
            $"https://{host}/{before}{separator}region={region}{fragment}",
            UriKind.Absolute,
            out var page
        )
            ? page
            : null;
    }
}
