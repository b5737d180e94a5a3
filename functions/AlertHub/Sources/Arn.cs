namespace AlertHub.Sources;

/// <summary>An Amazon resource name: <c>arn:partition:service:region:account:resource</c>.</summary>
internal sealed record Arn
{
    public required string Partition { get; init; }

    public required string Region { get; init; }

    public required string Account { get; init; }

    /// <summary>All after the fifth colon: <c>alarm:My alarm: the second</c>.</summary>
    public required string Resource { get; init; }

    /// <summary>The resource without its type.</summary>
    public string Name => Resource[(Resource.IndexOf(':', StringComparison.Ordinal) + 1)..];

    public static Arn? Parse(string? text) =>
        text?.Split(':', 6) is ["arn", { Length: > 0 } partition, _, var region, var account, var resource]
            ? new()
            {
                Partition = partition,
                Region = region,
                Account = account,
                Resource = resource,
            }
            : null;
}
