using AlertHub.Picturing;
using AlertHub.Templates;

namespace AlertHub.Channels;

/// <summary>What channels are made of, beside their settings.</summary>
public sealed record ChannelParts
{
    public required ISecretSource Secrets { get; init; }

    /// <summary>Those of the configuration whose integrations are made into channels.</summary>
    public required NotificationTemplates Templates { get; init; }

    /// <summary>Where the console channel prints.</summary>
    public required TextWriter Console { get; init; }

    public required TimeProvider Time { get; init; }

    /// <summary>What pictures of alerts come from; null where there are none.</summary>
    public Pictures? Pictures { get; init; }

    /// <summary>An environment variable's value, or null: for <c>proxy_from_environment</c>.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    /// <summary>
    /// The folder of alertmanager.yml, to which the files of <c>http_config</c> are relative, as they are to
    /// Alertmanager; empty for the current one.
    /// </summary>
    public string Folder { get; init; } = "";
}
