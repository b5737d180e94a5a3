using System.Text.Json.Serialization;

namespace AlertHub.Api.Client;

/// <summary>An alert to be posted; Alertmanager sets what is null.</summary>
public sealed record AlertToPost
{
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
    public DateTimeOffset? StartsAt { get; init; }
    public DateTimeOffset? EndsAt { get; init; }

    [JsonPropertyName("generatorURL")]
    public string? GeneratorUrl { get; init; }
}

/// <summary>An alert as Alertmanager shows it.</summary>
public sealed record ApiAlert
{
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();

    /// <summary>Sixteen hexadecimal digits.</summary>
    public string Fingerprint { get; init; } = "";

    public DateTimeOffset StartsAt { get; init; }
    public DateTimeOffset EndsAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }

    [JsonPropertyName("generatorURL")]
    public string? GeneratorUrl { get; init; }

    public IReadOnlyList<ApiReceiver> Receivers { get; init; } = [];
    public ApiAlertStatus Status { get; init; } = new();
}

public sealed record ApiAlertStatus
{
    /// <summary><c>active</c>, <c>suppressed</c> or <c>unprocessed</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>Ids of silences.</summary>
    public IReadOnlyList<string> SilencedBy { get; init; } = [];

    /// <summary>Fingerprints.</summary>
    public IReadOnlyList<string> InhibitedBy { get; init; } = [];

    /// <summary>Names of time intervals; since 0.28.</summary>
    public IReadOnlyList<string> MutedBy { get; init; } = [];
}

public sealed record ApiReceiver
{
    public string Name { get; init; } = "";

    /// <summary>Since 0.33.</summary>
    public IReadOnlyDictionary<string, string>? Labels { get; init; }
}

public sealed record ApiGroup
{
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();
    public ApiReceiver Receiver { get; init; } = new();
    public IReadOnlyList<ApiAlert> Alerts { get; init; } = [];

    /// <summary>Since 0.34.</summary>
    public IReadOnlyDictionary<string, string>? RouteLabels { get; init; }
}

/// <summary>A silence to make, or to change where it has an id.</summary>
public sealed record SilenceToPost
{
    public string? Id { get; init; }
    public required IReadOnlyList<ApiMatcher> Matchers { get; init; }
    public required DateTimeOffset StartsAt { get; init; }
    public required DateTimeOffset EndsAt { get; init; }
    public required string CreatedBy { get; init; }
    public required string Comment { get; init; }
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}

public sealed record ApiSilence
{
    public string Id { get; init; } = "";
    public ApiSilenceStatus Status { get; init; } = new();
    public IReadOnlyList<ApiMatcher> Matchers { get; init; } = [];
    public DateTimeOffset StartsAt { get; init; }
    public DateTimeOffset EndsAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public string CreatedBy { get; init; } = "";
    public string Comment { get; init; } = "";

    /// <summary>Since 0.34.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}

public sealed record ApiSilenceStatus
{
    /// <summary><c>active</c>, <c>pending</c> or <c>expired</c>.</summary>
    public string State { get; init; } = "";
}

public sealed record ApiMatcher
{
    public required string Name { get; init; }
    public required string Value { get; init; }
    public bool IsRegex { get; init; }

    /// <summary>False for <c>!=</c> and <c>!~</c>.</summary>
    public bool IsEqual { get; init; } = true;
}

public sealed record ApiStatus
{
    public ApiCluster Cluster { get; init; } = new();
    public ApiConfig Config { get; init; } = new();

    /// <summary>When it started.</summary>
    public DateTimeOffset Uptime { get; init; }

    public ApiVersion VersionInfo { get; init; } = new();
}

public sealed record ApiCluster
{
    public string? Name { get; init; }
    public string Status { get; init; } = "";
    public IReadOnlyList<ApiPeer> Peers { get; init; } = [];
}

public sealed record ApiPeer
{
    public string Name { get; init; } = "";
    public string Address { get; init; } = "";
}

public sealed record ApiConfig
{
    /// <summary>YAML, secrets hidden.</summary>
    public string Original { get; init; } = "";
}

public sealed record ApiVersion
{
    public string Version { get; init; } = "";
    public string Revision { get; init; } = "";
    public string Branch { get; init; } = "";
    public string BuildUser { get; init; } = "";
    public string BuildDate { get; init; } = "";
    public string GoVersion { get; init; } = "";
}

internal sealed record ApiSilenceId
{
    [JsonPropertyName("silenceID")]
    public string SilenceId { get; init; } = "";
}

internal sealed record ApiObjection
{
    public string? Message { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(IReadOnlyList<AlertToPost>))]
[JsonSerializable(typeof(IReadOnlyList<ApiAlert>))]
[JsonSerializable(typeof(IReadOnlyList<ApiGroup>))]
[JsonSerializable(typeof(IReadOnlyList<ApiReceiver>))]
[JsonSerializable(typeof(IReadOnlyList<ApiSilence>))]
[JsonSerializable(typeof(SilenceToPost))]
[JsonSerializable(typeof(ApiSilenceId))]
[JsonSerializable(typeof(ApiStatus))]
[JsonSerializable(typeof(ApiObjection))]
internal sealed partial class ApiJson : JsonSerializerContext;
