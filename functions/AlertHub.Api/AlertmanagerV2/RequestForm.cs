using System.Text.RegularExpressions;
using Microsoft.Net.Http.Headers;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>What is asked of a request before its body or its meaning is looked at.</summary>
internal static partial class RequestForm
{
    private const string Json = "application/json";

    /// <summary>What is wrong with the type of a body; null for nothing. Parameters such as a charset are not looked at.</summary>
    /// <param name="contentType">The header; null where there is none.</param>
    /// <param name="length">Of the body, as far as it is known: a body that is known to be empty needs no type.</param>
    public static Refusal? ContentType(string? contentType, long? length)
    {
        if (length == 0 && string.IsNullOrEmpty(contentType))
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(contentType))
        {
            return Unsupported("application/octet-stream");
        }

        return !MediaTypeHeaderValue.TryParse(contentType, out var type)
                ? Refusal.Unreadable($"the header Content-Type cannot be read: {Exchange.Quote(contentType)}")
            : type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase) ? null
            : Unsupported(type.MediaType.ToString());

        static Refusal Unsupported(string type) =>
            new(415, 415, $"the body is {Exchange.Quote(type)}; only {Json} is understood");
    }

    /// <summary>Whether the client takes JSON; null where it does, or says nothing.</summary>
    public static Refusal? Accept(IList<string?> headers) =>
        headers.All(string.IsNullOrWhiteSpace)
        || !MediaTypeHeaderValue.TryParseList([.. headers.OfType<string>()], out var types)
        || types.Any(static type =>
            type.Quality != 0
            && (type.MatchesAllTypes || type.MediaType.Equals(Json, StringComparison.OrdinalIgnoreCase))
        )
            ? null
            : new(406, 406, $"the client accepts no {Json}, and there is nothing else");

    /// <summary>What is wrong with the id of a silence in a path; null for nothing.</summary>
    public static Refusal? SilenceId(string id) =>
        Uuid().IsMatch(id) ? null : Refusal.Format($"silenceID in path is no UUID: {Exchange.Quote(id)}");

    [GeneratedRegex(
        @"\A[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Uuid();
}
