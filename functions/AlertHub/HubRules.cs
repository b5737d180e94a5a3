using AlertHub.Configuration;
using AlertHub.Grouping;
using AlertHub.Muting;

namespace AlertHub;

/// <summary>A configuration, compiled: by what is decided until another takes its place. Immutable; safe for many threads.</summary>
public sealed class HubRules
{
    private HubRules(HubConfig config)
    {
        Config = config;
        Routing = GroupRouting.Compile(config);
        Intervals = NamedTimeIntervals.Of(config.Alertmanager);
        Inhibition = Inhibition.Compile(config.Alertmanager.InhibitRules);
        Autosilence = Autosilence.Compile(config.Autosilence);
    }

    public static HubRules Compile(HubConfig config) => new(config);

    public HubConfig Config { get; }

    public GroupRouting Routing { get; }

    public NamedTimeIntervals Intervals { get; }

    /// <summary>The rules, without a source yet.</summary>
    public Inhibition Inhibition { get; }

    public Autosilence Autosilence { get; }
}
