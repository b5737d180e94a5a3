namespace AlertHub.Templates;

/// <summary>
/// What one rendering may cost. A template is written by people who mean well and still run in circles; whoever exceeds a
/// limit is told which.
/// </summary>
internal sealed record TemplateLimits
{
    public static TemplateLimits Default { get; } = new();

    /// <summary>
    /// Nodes, commands, fields, arguments and turns of a range, and one for each 16 characters or list elements that a
    /// function takes or returns. A message with all labels of a thousand alerts takes about 0.2 million.
    /// </summary>
    public int Steps { get; init; } = 5_000_000;

    /// <summary>Templates, blocks and parentheses inside each other while rendering. Go's limit is 100,000 templates.</summary>
    public int Depth { get; init; } = 1_000;

    /// <summary>The longest output and the longest single value, in UTF-16 units.</summary>
    public int Characters { get; init; } = 10_000_000;
}
