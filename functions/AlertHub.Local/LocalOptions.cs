using System.Net;
using AlertHub.Local.Logging;

namespace AlertHub.Local;

/// <summary>What the command line says.</summary>
internal sealed record LocalOptions
{
    public const string DefaultListenAddress = "127.0.0.1:9093";

    public const string DefaultStoragePath = "data/";

    public const string DefaultConfigFile = "alertmanager.yml";

    public static readonly TimeSpan DefaultDataRetention = TimeSpan.FromHours(120);

    public static readonly TimeSpan DefaultMaintenanceInterval = TimeSpan.FromMinutes(15);

    public static readonly TimeSpan DefaultAlertsGcInterval = TimeSpan.FromMinutes(30);

    /// <summary>At least one.</summary>
    public required IReadOnlyList<IPEndPoint> ListenAddresses { get; init; }

    /// <summary>A folder; made where it is missing.</summary>
    public required string StoragePath { get; init; }

    public string ConfigFile { get; init; } = DefaultConfigFile;

    /// <summary>Whether somebody asked for that file, so that it must be there.</summary>
    public bool IsConfigFileGiven { get; init; }

    /// <summary>hub.yml; null for none.</summary>
    public string? HubFile { get; init; }

    /// <summary>How long silences that ended and dead letters are kept.</summary>
    public TimeSpan DataRetention { get; init; } = DefaultDataRetention;

    public TimeSpan MaintenanceInterval { get; init; } = DefaultMaintenanceInterval;

    /// <summary>How long alerts that ended are kept.</summary>
    public TimeSpan AlertsGcInterval { get; init; } = DefaultAlertsGcInterval;

    /// <summary>Groups are not flushed sooner after the start.</summary>
    public TimeSpan StartDelay { get; init; }

    /// <summary>Where people reach this, as somebody said; null where nobody did.</summary>
    public Uri? ExternalUrl { get; init; }

    /// <summary>What messages link to; null where the system is yet to choose the port.</summary>
    public Uri? LinkUrl =>
        ExternalUrl
        ?? (
            ListenAddresses[0] is { Port: > 0 } first
                ? new(
                    IPAddress.IsLoopback(first.Address) ? $"http://localhost:{first.Port}"
                    : first.Address.Equals(IPAddress.IPv6Any) || first.Address.Equals(IPAddress.Any)
                        ? $"http://{Environment.MachineName}:{first.Port}"
                    : $"http://{first}"
                )
                : null
        );

    /// <summary>As Api.Web.WebPaths.RoutePrefix gives it.</summary>
    public string RoutePrefix { get; init; } = "/";

    /// <summary>Null for plain HTTP that anybody may use.</summary>
    public string? WebConfigFile { get; init; }

    /// <summary>So many GET requests are answered at once; 0 for as many as the machine bears.</summary>
    public int GetConcurrency { get; init; }

    /// <summary>How long a request may take; zero for as long as it does.</summary>
    public TimeSpan WebTimeout { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    public LogFormat LogFormat { get; init; }

    /// <summary>Flags that were given and mean nothing here, with the reason: a line of the log for each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Topics whose messages /sns takes (Api.Sns.SnsPolicy.Topics).</summary>
    public IReadOnlyList<string> SnsTopics { get; init; } = [];

    /// <summary>Take no SNS message that is signed with SHA-1.</summary>
    public bool SnsRequireVersion2 { get; init; }

    /// <summary>Show what events/ would look like in Slack, and do nothing else.</summary>
    public bool Demo { get; init; }

    /// <summary>What is shown in the place of events/; none for that.</summary>
    public IReadOnlyList<string> DemoFiles { get; init; } = [];
}
