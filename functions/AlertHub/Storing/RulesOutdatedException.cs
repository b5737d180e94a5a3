namespace AlertHub.Storing;

/// <summary>
/// In a store that several processes share a newer configuration is in force than the one that this process works by:
/// nothing was decided.
/// </summary>
/// <param name="version">As <see cref="HubRules.Version"/>.</param>
public sealed class RulesOutdatedException(long version)
    : Exception($"version {version} of the configuration is in force, and this process works by an older one")
{
    public long Version { get; } = version;
}
