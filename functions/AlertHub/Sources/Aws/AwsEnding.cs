namespace AlertHub.Sources.Aws;

/// <summary>Something that is over by an event that tells of something else.</summary>
/// <param name="Name">As <see cref="AwsStory.Name"/> when it began, as are the others.</param>
/// <param name="Severity">As <see cref="AwsStory.Severity"/>.</param>
/// <param name="Identity">As <see cref="AwsStory.Identity"/>.</param>
internal sealed record AwsEnding(string Name, AwsSeverity Severity, string Identity)
{
    /// <summary>Null where the event's own says it.</summary>
    public string? Summary { get; init; }
}
