using System.Text.Json.Serialization;
using AlertHub.Configuration.Web;

namespace AlertHub.Lambda.Access;

/// <summary>A token with what it is for, as a parameter holds it: <c>bearer_tokens</c> of a web configuration has the same.</summary>
/// <remarks>What has a usual value can be set: generated readers overwrite that of what is <c>init</c> with nothing.</remarks>
internal sealed record TokenText
{
    public required string Token { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; set; } = new Dictionary<string, string>();

    /// <inheritdoc cref="BearerToken.Scope"/>
    public string Scope { get; set; } = BearerToken.AllScope;
}

[JsonSerializable(typeof(TokenText))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
#if NET10_0_OR_GREATER
    AllowDuplicateProperties = false,
#endif
    RespectNullableAnnotations = true
)]
internal sealed partial class TokenJson : JsonSerializerContext;
