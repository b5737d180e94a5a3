using System.Text;
using AlertHub.Configuration.Shapes;
using AlertHub.Configuration.Yaml;

namespace AlertHub.Configuration;

/// <summary>A file's name, by which problems call it, and its bytes.</summary>
public sealed record ConfigFile(string Name, ReadOnlyMemory<byte> Content);

/// <summary>
/// All that is configured: alertmanager.yml, unmodified, and hub.yml, which says what Alertmanager cannot. Everything in
/// hub.yml refers to what alertmanager.yml defines, never the other way round, so that amtool accepts alertmanager.yml.
/// </summary>
public sealed record HubConfig
{
    public required AlertmanagerConfig Alertmanager { get; init; }

    /// <summary>Those of alertmanager.yml, in its order; what hub.yml adds to one stands after its own integrations.</summary>
    public required IReadOnlyList<Receiver> Receivers { get; init; }

    /// <summary>Names that hub.yml gives to routes.</summary>
    public IReadOnlyList<NamedRoute> Routes { get; init; } = [];

    /// <summary>What is silenced as soon as it fires.</summary>
    public IReadOnlyList<AutosilenceRule> Autosilence { get; init; } = [];

    /// <summary>How bad alerts are that come as messages.</summary>
    public IReadOnlyList<SeverityRule> Severities { get; init; } = [];

    /// <summary>Both files, bound once. Where a problem is an error there is no configuration.</summary>
    /// <param name="alertmanager">alertmanager.yml.</param>
    /// <param name="hub">hub.yml; null where there is none.</param>
    /// <param name="problems">Errors and warnings of both, in the order of the files.</param>
    /// <param name="templateReview">What is to be said of a text as a template; without it nothing is.</param>
    /// <param name="secretReview">What is wrong with where a secret stands; without it nothing is.</param>
    public static HubConfig? Load(
        ConfigFile alertmanager,
        ConfigFile? hub,
        out IReadOnlyList<Problem> problems,
        TemplateReview? templateReview = null,
        SecretReview? secretReview = null
    )
    {
        var config = AlertmanagerConfig.Load(
            alertmanager.Content.Span,
            alertmanager.Name,
            out problems,
            templateReview,
            secretReview
        );
        if (config is null && Root(alertmanager, out _, out _) is YamlNode.Mapping root && LooksLikeHub(root))
        {
            problems =
            [
                Mistaken(alertmanager, "this looks like hub.yml; give alertmanager.yml here, and this with --hub"),
            ];
            return null;
        }

        if (hub is null)
        {
            return config is null ? null : new() { Alertmanager = config, Receivers = config.Receivers };
        }

        if (Root(hub, out _, out _) is YamlNode.Mapping other && LooksLikeAlertmanager(other))
        {
            problems =
            [
                .. problems,
                Mistaken(hub, "this looks like alertmanager.yml; hub.yml is a file of its own and refers to it"),
            ];
            return null;
        }

        var reading = new Reading(hub.Name)
        {
            TemplateReview = templateReview ?? (static _ => []),
            SecretReview = secretReview ?? (static _ => null),
        };
        var (place, file) = Read(hub, reading);
        var bound = config is null ? null : new HubReferences(config, place).Bind(file);
        problems = [.. problems, .. reading.Problems];
        return reading.Failed ? null : bound;
    }

    /// <summary>An empty file says nothing, and that is right.</summary>
    private static (Place Place, HubFile File) Read(ConfigFile hub, Reading reading)
    {
        var root = Root(hub, out var at, out var objection);
        if (objection is not null)
        {
            reading.Report(Severity.Error, at, "", objection + Unquoted(hub, at));
        }

        var place = reading.Root(root ?? new YamlNode.Scalar(""));
        return (place, HubFile.Shape.Read(place) ?? HubFile.Shape.Defaults);
    }

    private static YamlNode? Root(ConfigFile file, out Mark at, out string? objection) =>
        YamlReader.Read(file.Content.Span, out at, out objection);

    /// <summary>A key without quotes, on which most stumble once: YAML takes its beginning for a mapping.</summary>
    private static string Unquoted(ConfigFile hub, Mark at)
    {
        var lines = Encoding.UTF8.GetString(hub.Content.Span).Split('\n');
        var key = lines
            .Take(at.Line)
            .Skip(at.Line - 2)
            .FirstOrDefault(static line =>
                line.Replace(" ", "", StringComparison.Ordinal).Contains("route:{", StringComparison.Ordinal)
            );
        return key is null ? "" : "; put the route's key in single quotes, as in route: '{}/{team=\"db\"}'";
    }

    private static bool LooksLikeHub(YamlNode.Mapping root) =>
        root["routes"] is YamlNode.Sequence && root["route"] is null
        || (
            root.Entries is [{ Name: "receivers", Value: YamlNode.Sequence { Items: var receivers } }]
            && receivers.Any(static receiver => receiver is YamlNode.Mapping m && m["console_configs"] is not null)
        );

    private static bool LooksLikeAlertmanager(YamlNode.Mapping root) =>
        root["global"] is not null || (root["route"] is YamlNode.Mapping route && route["receiver"] is not null);

    private static Problem Mistaken(ConfigFile file, string message) =>
        new()
        {
            Severity = Severity.Error,
            File = file.Name,
            At = Mark.Start,
            Message = message,
        };
}
