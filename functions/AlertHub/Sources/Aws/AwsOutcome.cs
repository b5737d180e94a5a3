namespace AlertHub.Sources.Aws;

/// <summary>
/// What an event says of something that is done again and again, such as a backup or a build: once it has failed it is wrong,
/// until it succeeds.
/// </summary>
internal enum AwsOutcome
{
    /// <summary>Neither: it has begun, goes on, or was stopped by somebody.</summary>
    Neither,
    Failed,
    Succeeded,
}
