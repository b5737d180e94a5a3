using AlertHub.Alerts;
using AlertHub.Configuration;

namespace AlertHub.Api.Web;

/// <summary>Who may come in, and what every answer says.</summary>
public sealed record WebRules
{
    /// <summary>Anybody may.</summary>
    public static WebRules Open { get; } = new() { IsOpen = true };

    /// <summary>Nobody knows for the moment: nobody may, and is told to come again.</summary>
    public static WebRules Unknown { get; } = new() { IsUnknown = true };

    /// <summary>Set on every answer.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Names and bcrypt hashes.</summary>
    public IReadOnlyList<KeyValuePair<string, Secret>> Users { get; init; } = [];

    public IReadOnlyList<WebToken> Tokens { get; init; } = [];

    /// <summary>Anybody may, without a password or a token. Where it is not, and there are neither, nobody may.</summary>
    public bool IsOpen { get; init; }

    internal bool IsUnknown { get; private init; }
}

/// <summary>A token that lets in.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Sha256">Of the token; the token itself is not kept.</param>
public sealed record WebToken(string Name, ReadOnlyMemory<byte> Sha256)
{
    /// <summary>Put on every alert that comes with it, whatever the alert says itself: whose it is.</summary>
    public Labels Labels { get; init; } = Labels.Empty;

    /// <summary>Whether it lets in for nothing but to send alerts.</summary>
    public bool IsForProducers { get; init; }
}

/// <summary>The rules in force.</summary>
/// <param name="renew">Somebody came with a token that nobody knows: it may be a new one.</param>
/// <param name="cancellationToken">Ends the wait.</param>
public delegate ValueTask<WebRules> FindWebRules(bool renew, CancellationToken cancellationToken);
