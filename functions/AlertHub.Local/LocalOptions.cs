using System.Net;

namespace AlertHub.Local;

/// <summary>What the command line says.</summary>
internal sealed record LocalOptions
{
    public const string DefaultListenAddress = "127.0.0.1:9093";

    public const string DefaultStoragePath = "data/";

    public required IPEndPoint ListenAddress { get; init; }

    /// <summary>A folder; made where it is missing.</summary>
    public required string StoragePath { get; init; }

    /// <summary>Topics whose messages /sns takes (Api.Sns.SnsPolicy.Topics).</summary>
    public IReadOnlyList<string> SnsTopics { get; init; } = [];

    /// <summary>Take no SNS message that is signed with SHA-1.</summary>
    public bool SnsRequireVersion2 { get; init; }

    /// <summary>Show what events/ would look like in Slack, and do nothing else.</summary>
    public bool Demo { get; init; }
}
