using System.Text.Json.Serialization;

namespace AlertHub.Lambda.Configuration;

/// <summary>A configuration as it is sent.</summary>
/// <remarks>What has a usual value can be set: generated readers overwrite that of what is <c>init</c> with nothing.</remarks>
internal sealed record ConfigBody
{
    /// <summary>Text of alertmanager.yml.</summary>
    public required string Alertmanager { get; init; }

    /// <summary>Text of hub.yml; empty where there is none.</summary>
    public string Hub { get; set; } = "";

    /// <summary>Template files by name.</summary>
    public IReadOnlyDictionary<string, string> Templates { get; set; } = new Dictionary<string, string>();

    /// <summary>Why it is as it is.</summary>
    public string Note { get; set; } = "";

    [JsonIgnore]
    public ConfigText Text =>
        new()
        {
            Alertmanager = Alertmanager,
            Hub = Hub.Length > 0 ? Hub : null,
            Templates = Templates,
        };
}

/// <summary>Which version is to be in force again.</summary>
internal sealed record RollbackBody
{
    public required long Version { get; init; }

    /// <summary>Why.</summary>
    public string Note { get; set; } = "";
}

[JsonSerializable(typeof(ConfigBody))]
[JsonSerializable(typeof(RollbackBody))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
#if NET10_0_OR_GREATER
    AllowDuplicateProperties = false,
#endif
    RespectNullableAnnotations = true
)]
internal sealed partial class ConfigBodyJson : JsonSerializerContext;
