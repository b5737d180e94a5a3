using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using AlertHub.Api.Sns;
using AlertHub.Api.Web;
using AlertHub.Local.Logging;
using AlertHub.Text;

namespace AlertHub.Local;

/// <summary>The flags of the process that takes and tells alerts: Alertmanager's, and ours.</summary>
internal sealed class ServeFlags
{
    private readonly Option<string> config = new("--config.file")
    {
        Description =
            "alertmanager.yml, as Alertmanager reads it. Without the flag and without such a file here, a built-in configuration tells Slack (SLACK_WEBHOOK_URL) or this terminal.",
        HelpName = "file",
        DefaultValueFactory = static _ => LocalOptions.DefaultConfigFile,
    };
    private readonly Option<string> hub = new("--hub.file")
    {
        Description = "hub.yml, which says of the same receivers and routes what alertmanager.yml cannot.",
        HelpName = "file",
    };
    private readonly Option<string> storage = new("--storage.path")
    {
        Description = "Folder that keeps alerts, silences and what is not delivered yet; made where it is missing.",
        HelpName = "folder",
        DefaultValueFactory = static _ => LocalOptions.DefaultStoragePath,
    };
    private readonly Option<TimeSpan?> retention = Duration(
        "--data.retention",
        "How long silences that ended and dead letters are kept. [default: 120h]"
    );
    private readonly Option<TimeSpan?> maintenance = Duration(
        "--data.maintenance-interval",
        "How often what is over is removed. [default: 15m]"
    );
    private readonly Option<TimeSpan?> alertsGc = Duration(
        "--alerts.gc-interval",
        "How long alerts that ended are kept. [default: 30m]"
    );
    private readonly Option<TimeSpan?> startDelay = Duration(
        "--dispatch.start-delay",
        "How long after the start nobody is told anything, so that alerts can gather. [default: 0s]"
    );
    private readonly Option<IPEndPoint[]> listen = new("--web.listen-address")
    {
        Description =
            "Where to listen: host:port, [IPv6]:port, or :port for every interface. Repeat for more. Unlike Alertmanager, this machine only unless told otherwise.",
        HelpName = "address",
        DefaultValueFactory = static _ => [ListenAddress.Parse(LocalOptions.DefaultListenAddress, out var _)!],
        CustomParser = Addresses,
    };
    private readonly Option<string> web = new("--web.config.file")
    {
        Description = "TLS, users and tokens, as Prometheus's programs have them.",
        HelpName = "file",
    };
    private readonly Option<string> externalUrl = new("--web.external-url")
    {
        Description = "Where people reach this, for links in messages; its path is the route prefix.",
        HelpName = "URL",
    };
    private readonly Option<string> routePrefix = new("--web.route-prefix")
    {
        Description = "Path before all paths. Without it, the path of --web.external-url.",
        HelpName = "path",
    };
    private readonly Option<int> getConcurrency = new("--web.get-concurrency")
    {
        Description = "So many GET requests at once; 0 for as many as there are processors, or 8.",
        HelpName = "number",
    };
    private readonly Option<TimeSpan?> webTimeout = Duration(
        "--web.timeout",
        "How long a request may take; 0 for as long as it does."
    );
    private readonly Option<LogLevel?> level = new("--log.level")
    {
        Description = "The least that is logged: debug, info, warn or error. [default: info]",
        HelpName = "level",
        CustomParser = static result =>
            Word(
                result,
                ("debug", LogLevel.Debug),
                ("info", LogLevel.Information),
                ("warn", LogLevel.Warning),
                ("error", LogLevel.Error)
            ),
    };
    private readonly Option<LogFormat?> format = new("--log.format")
    {
        Description = "How the log is written: logfmt or json. [default: logfmt]",
        HelpName = "format",
        CustomParser = static result => Word(result, ("logfmt", LogFormat.Logfmt), ("json", LogFormat.Json)),
    };
    private readonly Option<string[]> topics = new("--sns.topic")
    {
        Description =
            "ARN of an SNS topic that may post to /sns; its topic name may end in *. Repeat for more. Without it /sns refuses everything.",
        HelpName = "ARN",
    };
    private readonly Option<bool> version2 = new("--sns.require-signature-v2")
    {
        Description = "Refuse SNS messages signed with SHA-1 (the topic's attribute SignatureVersion must be 2).",
    };
    private readonly Option<bool> demo = new("--demo")
    {
        Description = "Show what every file of events/ looks like in Slack; send and store nothing.",
    };

    private readonly Option<string[]> demoFiles = new("--demo.file")
    {
        Description =
            "As --demo, of this file in the place of those of events/. Repeat for more; what they tell is then shown in one message, too.",
        HelpName = "file",
    };

    public ServeFlags()
    {
        storage.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value: var folder }] && string.IsNullOrWhiteSpace(folder))
            {
                result.AddError(
                    $"--storage.path \"{folder}\": it must be a folder; without the option it is {LocalOptions.DefaultStoragePath}"
                );
            }
        });
        topics.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens.Where(static t => !SnsPolicy.IsPattern(t.Value)))
            {
                result.AddError(
                    $"--sns.topic \"{token.Value}\": it must be the ARN of a topic, arn:aws:sns:<region>:<account>:<name>; only the name may end in *"
                );
            }
        });
        externalUrl.Validators.Add(static result =>
        {
            if (
                result.Tokens is [{ Value: { Length: > 0 } url }]
                && WebPaths.ExternalUrl(url, out var objection) is null
            )
            {
                result.AddError($"--web.external-url: {objection}");
            }
        });
    }

    public IEnumerable<Option> All =>
        [
            config,
            hub,
            storage,
            retention,
            maintenance,
            alertsGc,
            startDelay,
            listen,
            web,
            externalUrl,
            routePrefix,
            getConcurrency,
            webTimeout,
            level,
            format,
            topics,
            version2,
            demo,
            demoFiles,
        ];

    public LocalOptions Read(ParseResult result)
    {
        var external = result.GetValue(externalUrl) is { Length: > 0 } url ? WebPaths.ExternalUrl(url, out _) : null;
        return new()
        {
            ListenAddresses = result.GetRequiredValue(listen),
            StoragePath = result.GetRequiredValue(storage),
            ConfigFile = result.GetRequiredValue(config),
            IsConfigFileGiven = result.GetResult(config) is { Implicit: false },
            HubFile = Given(result.GetValue(hub)),
            DataRetention = result.GetValue(retention) ?? LocalOptions.DefaultDataRetention,
            MaintenanceInterval = result.GetValue(maintenance) ?? LocalOptions.DefaultMaintenanceInterval,
            AlertsGcInterval = result.GetValue(alertsGc) ?? LocalOptions.DefaultAlertsGcInterval,
            StartDelay = result.GetValue(startDelay) ?? TimeSpan.Zero,
            ExternalUrl = external,
            RoutePrefix = WebPaths.RoutePrefix(result.GetValue(routePrefix), external),
            WebConfigFile = Given(result.GetValue(web)),
            GetConcurrency = result.GetValue(getConcurrency),
            WebTimeout = result.GetValue(webTimeout) ?? TimeSpan.Zero,
            LogLevel = result.GetValue(level) ?? LogLevel.Information,
            LogFormat = result.GetValue(format) ?? LogFormat.Logfmt,
            SnsTopics = result.GetValue(topics) ?? [],
            SnsRequireVersion2 = result.GetValue(version2),
            Demo = result.GetValue(demo) || result.GetValue(demoFiles) is { Length: > 0 },
            DemoFiles = result.GetValue(demoFiles) ?? [],
        };
    }

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static Option<TimeSpan?> Duration(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "duration",
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (GoDuration.Parse(text, out var objection) is { } duration)
                {
                    return duration;
                }

                result.AddError($"{name} \"{text}\": {objection}");
                return null;
            },
        };

    private static IPEndPoint[] Addresses(ArgumentResult result)
    {
        var addresses = new List<IPEndPoint>();
        foreach (var token in result.Tokens)
        {
            if (ListenAddress.Parse(token.Value, out var objection) is { } address)
            {
                addresses.Add(address);
            }
            else
            {
                result.AddError($"--web.listen-address \"{token.Value}\": {objection}");
            }
        }

        return [.. addresses];
    }

    private static T? Word<T>(ArgumentResult result, params (string Word, T Value)[] words)
        where T : struct
    {
        var text = result.Tokens[0].Value;
        foreach (var (word, value) in words)
        {
            if (word == text)
            {
                return value;
            }
        }

        result.AddError($"\"{text}\": it must be one of {string.Join(", ", words.Select(static w => w.Word))}");
        return null;
    }
}
