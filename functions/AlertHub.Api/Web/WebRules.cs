using AlertHub.Configuration;

namespace AlertHub.Api.Web;

/// <summary>Who may come in, and what every answer says.</summary>
public sealed record WebRules
{
    /// <summary>Anybody may.</summary>
    public static WebRules Open { get; } = new();

    /// <summary>Set on every answer.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Names and bcrypt hashes.</summary>
    public IReadOnlyList<KeyValuePair<string, Secret>> Users { get; init; } = [];

    public IReadOnlyList<WebToken> Tokens { get; init; } = [];

    internal bool IsOpen => Users.Count == 0 && Tokens.Count == 0;
}

/// <summary>A token that lets in.</summary>
/// <param name="Name">Whose it is.</param>
/// <param name="Sha256">Of the token; the token itself is not kept.</param>
public sealed record WebToken(string Name, ReadOnlyMemory<byte> Sha256);
