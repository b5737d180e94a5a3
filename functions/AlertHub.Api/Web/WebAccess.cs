using System.Security.Cryptography;
using System.Text;
using AlertHub.Alerts;
using AlertHub.Configuration.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AlertHub.Api.Web;

/// <summary>
/// The door: how many may come, and who. Outside of everything else, health included, as with Prometheus's programs.
/// </summary>
/// <param name="find">The rules in force; asked for each request, so that they can change.</param>
/// <param name="limit">Of the start.</param>
/// <param name="time">For the limit.</param>
/// <param name="log">Who was refused.</param>
public sealed partial class WebAccess(FindWebRules find, RateLimit limit, TimeProvider time, ILogger<WebAccess> log)
    : IDisposable
{
    private const string RetrySeconds = "5";

    private static readonly object TokenKey = new();

    private static readonly string[] ProducerPaths = ["/api/v2/alerts", "/webhook", "/events"];

    private readonly Passwords passwords = new();
    private readonly RequestRate rate = new(limit.Interval, limit.Burst, time);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!rate.Allows())
        {
            await Exchange.AnswerAsync(context, StatusCodes.Status429TooManyRequests, "Too Many Requests");
            return;
        }

        var rules = await find(renew: false, context.RequestAborted);
        if (rules.IsUnknown)
        {
            context.Response.Headers.RetryAfter = RetrySeconds;
            await Exchange.AnswerAsync(
                context,
                StatusCodes.Status503ServiceUnavailable,
                "Nobody is let in for the moment: who may come in cannot be read. Send it again later."
            );
            return;
        }

        var verdict = await VerdictAsync(rules, context);
        if (verdict is { IsKnown: false, HasToken: true })
        {
            rules = await find(renew: true, context.RequestAborted);
            verdict = await VerdictAsync(rules, context);
        }

        foreach (var (name, value) in rules.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (!verdict.IsKnown)
        {
            Refused(context.Request.Path, $"{context.Connection.RemoteIpAddress}");
            context.Response.Headers.WWWAuthenticate = new([
                .. rules.Users.Count > 0 ? ["Basic"] : Array.Empty<string>(),
                .. rules.Tokens.Count > 0 || rules.Users.Count == 0 ? ["Bearer"] : Array.Empty<string>(),
            ]);
            await Exchange.AnswerAsync(context, StatusCodes.Status401Unauthorized, "Unauthorized");
            return;
        }

        if (verdict.Token is { IsForProducers: true } token && !IsOfProducers(context.Request))
        {
            Forbidden(context.Request.Path, token.Name);
            await Exchange.AnswerAsync(
                context,
                StatusCodes.Status403Forbidden,
                "Refused: this token is for sending alerts only."
            );
            return;
        }

        context.Items[TokenKey] = verdict.Token;
        await next(context);
    }

    /// <summary>The token that a request came with; null where it came without.</summary>
    public static WebToken? TokenOf(HttpContext context) => context.Items[TokenKey] as WebToken;

    /// <summary>The labels that its alerts have from its token.</summary>
    internal static Labels LabelsOf(HttpContext context) => TokenOf(context)?.Labels ?? Labels.Empty;

    public void Dispose() => passwords.Dispose();

    /// <summary>What producers send, whatever stands before it in the path; and whether somebody is there.</summary>
    private static bool IsOfProducers(HttpRequest request)
    {
        var path = request.Path.Value ?? "";
        return HttpMethods.IsPost(request.Method) || HttpMethods.IsPut(request.Method)
            ? Array.Exists(ProducerPaths, end => path.EndsWith(end, StringComparison.Ordinal))
            : path.EndsWith("/-/healthy", StringComparison.Ordinal)
                || path.EndsWith("/-/ready", StringComparison.Ordinal);
    }

    private async ValueTask<Verdict> VerdictAsync(WebRules rules, HttpContext context)
    {
        if (rules.IsOpen)
        {
            return new(IsKnown: true);
        }

        var header = context.Request.Headers.Authorization.ToString();
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        var (scheme, rest) = space < 0 ? (header, "") : (header[..space], header[(space + 1)..]);
        if (scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        {
            var token = TokenOf(rules, rest);
            return new(IsKnown: token is not null) { HasToken = true, Token = token };
        }

        return new(
            scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
                && rules.Users.Count > 0
                && await IsUserAsync(rules, rest, context.RequestAborted)
        );
    }

    private async ValueTask<bool> IsUserAsync(WebRules now, string credentials, CancellationToken ct)
    {
        if (
            Decode(credentials) is not { } text
            || text.IndexOf(':', StringComparison.Ordinal) is not (>= 0 and var colon)
        )
        {
            return false;
        }

        var (user, password) = (text[..colon], text[(colon + 1)..]);
        var hash = now.Users.FirstOrDefault(u => u.Key == user).Value;
        // For a name that nobody has as long as for another: which names there are, nobody learns from the time.
        var isRight = await passwords.IsRightAsync(user, password, (hash ?? now.Users[0].Value).Reveal(), ct);
        return isRight && hash is not null;
    }

    /// <summary>All are compared, each in the same time: nobody learns from it which is nearly right.</summary>
    private static WebToken? TokenOf(WebRules now, string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text.Trim()), hash);
        WebToken? found = null;
        foreach (var one in now.Tokens)
        {
            found = CryptographicOperations.FixedTimeEquals(hash, one.Sha256.Span) ? one : found;
        }

        return found;
    }

    private static string? Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : null;
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Path}: refused {Client} (401): no password or token that lets in"
    )]
    private partial void Refused(string path, string client);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "{Path}: refused the token {Token} (403): it is for sending alerts only"
    )]
    private partial void Forbidden(string path, string token);

    private sealed record Verdict(bool IsKnown)
    {
        public bool HasToken { get; init; }

        public WebToken? Token { get; init; }
    }
}
