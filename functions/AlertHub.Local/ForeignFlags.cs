using System.CommandLine;

namespace AlertHub.Local;

/// <summary>
/// Flags of Alertmanager, 0.25 and newer, that mean nothing here: taken, so that its command line works as it is, and
/// remarked on in the log where one was given.
/// </summary>
internal sealed class ForeignFlags
{
    private const string Cluster =
        "this is no cluster: what Alertmanager calls one is a storage here, which forgets nothing; run one AlertHub and restart it where it fails";

    private readonly Option[] cluster =
    [
        .. new[]
        {
            "listen-address",
            "advertise-address",
            "peer",
            "peer-name",
            "peer-timeout",
            "peers-resolve-timeout",
            "gossip-interval",
            "pushpull-interval",
            "tcp-timeout",
            "probe-timeout",
            "probe-interval",
            "settle-timeout",
            "reconnect-interval",
            "reconnect-timeout",
            "tls-config",
            "label",
        }.Select(static name => Hidden<string[]>($"--cluster.{name}")),
        Hidden<bool>("--cluster.allow-insecure-public-advertise-address-discovery"),
    ];

    private readonly (Option Option, string Why)[] others =
    [
        (Hidden<string>("--web.ui-path"), "there are no pages to serve from a folder"),
        (Hidden<string>("--dispatch.maintenance-interval"), "a group that has nothing to do ends at once"),
        (Hidden<string[]>("--enable-feature"), "there are no features to switch on"),
        (Hidden<string>("--auto-gomemlimit.ratio"), "this is no Go program"),
        (Hidden<string>("--silences.max-silences"), "the number of silences is not limited"),
        (Hidden<string>("--silences.max-silence-size-bytes"), "the size of a silence is limited by that of a request"),
        (Hidden<string>("--silences.logging"), "changes of silences are logged anyway"),
        (Hidden<string>("--alerts.per-alertname-limit"), "the number of alerts of one name is not limited"),
    ];

    private readonly Option<bool> socket = Hidden<bool>("--web.systemd-socket");

    public ForeignFlags() =>
        socket.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<bool>())
            {
                result.AddError(
                    "--web.systemd-socket: sockets handed over by systemd are not taken; leave it away and say where to listen with --web.listen-address"
                );
            }
        });

    public IEnumerable<Option> All => [.. cluster, .. others.Select(static other => other.Option), socket];

    public IReadOnlyList<string> Remarks(ParseResult result)
    {
        string[] given = [.. cluster.Where(option => IsGiven(result, option)).Select(static option => option.Name)];
        return
        [
            .. given.Length > 0 ? [$"{string.Join(", ", given)}: {Cluster}"] : Array.Empty<string>(),
            .. others
                .Where(other => IsGiven(result, other.Option))
                .Select(static other => $"{other.Option.Name} has no effect: {other.Why}"),
        ];
    }

    /// <summary>Not the one way to say that there is no cluster.</summary>
    private static bool IsGiven(ParseResult result, Option option) =>
        result.GetResult(option) is { Implicit: false } given
        && !(option.Name == "--cluster.listen-address" && given.Tokens.All(static token => token.Value.Length == 0));

    private static Option<T> Hidden<T>(string name) => new(name) { Hidden = true, Description = "No effect here." };
}
