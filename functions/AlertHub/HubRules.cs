using AlertHub.Configuration;
using AlertHub.Grouping;
using AlertHub.Muting;
using AlertHub.Sources;

namespace AlertHub;

/// <summary>A configuration, compiled: by what is decided until another takes its place. Immutable; safe for many threads.</summary>
public sealed class HubRules
{
    private HubRules(HubConfig config, long version)
    {
        (Config, Version) = (config, version);
        Routing = GroupRouting.Compile(config);
        Intervals = NamedTimeIntervals.Of(config.Alertmanager);
        Inhibition = Inhibition.Compile(config.Alertmanager.InhibitRules);
        Autosilence = Autosilence.Compile(config.Autosilence);
        Severities = Severities.Compile(config.Severities);
    }

    /// <param name="config">What was loaded and checked.</param>
    /// <param name="version">Which of those that were in force, counted; 0 where nobody counts them.</param>
    public static HubRules Compile(HubConfig config, long version = 0) => new(config, version);

    /// <summary>Where several processes share a store: a higher one is the newer.</summary>
    public long Version { get; }

    public HubConfig Config { get; }

    public GroupRouting Routing { get; }

    public NamedTimeIntervals Intervals { get; }

    /// <summary>The rules, without a source yet.</summary>
    public Inhibition Inhibition { get; }

    public Autosilence Autosilence { get; }

    public Severities Severities { get; }
}
