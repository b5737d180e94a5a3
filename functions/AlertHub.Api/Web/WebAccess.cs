using System.Security.Cryptography;
using System.Text;
using AlertHub.Configuration.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AlertHub.Api.Web;

/// <summary>
/// The door: how many may come, and who. Outside of everything else, health included, as with Prometheus's programs.
/// </summary>
/// <param name="rules">Those in force now; asked for each request, so that they can change.</param>
/// <param name="limit">Of the start.</param>
/// <param name="time">For the limit.</param>
/// <param name="log">Who was refused.</param>
public sealed partial class WebAccess(Func<WebRules> rules, RateLimit limit, TimeProvider time, ILogger<WebAccess> log)
    : IDisposable
{
    private readonly Passwords passwords = new();
    private readonly RequestRate rate = new(limit.Interval, limit.Burst, time);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!rate.Allows())
        {
            await Exchange.AnswerAsync(context, StatusCodes.Status429TooManyRequests, "Too Many Requests");
            return;
        }

        var now = rules();
        foreach (var (name, value) in now.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (now.IsOpen || await IsLetInAsync(now, context))
        {
            await next(context);
            return;
        }

        Refused(context.Request.Path, $"{context.Connection.RemoteIpAddress}");
        context.Response.Headers.WWWAuthenticate = new([
            .. now.Users.Count > 0 ? ["Basic"] : Array.Empty<string>(),
            .. now.Tokens.Count > 0 ? ["Bearer"] : Array.Empty<string>(),
        ]);
        await Exchange.AnswerAsync(context, StatusCodes.Status401Unauthorized, "Unauthorized");
    }

    public void Dispose() => passwords.Dispose();

    private ValueTask<bool> IsLetInAsync(WebRules now, HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var space = header.IndexOf(' ', StringComparison.Ordinal);
        var (scheme, rest) = space < 0 ? (header, "") : (header[..space], header[(space + 1)..]);
        return scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) && now.Users.Count > 0
                ? IsUserAsync(now, rest, context.RequestAborted)
            : scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) ? new(IsToken(now, rest))
            : new(false);
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

    private static bool IsToken(WebRules now, string token)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(token.Trim()), hash);
        var isOne = false;
        foreach (var one in now.Tokens)
        {
            isOne |= CryptographicOperations.FixedTimeEquals(hash, one.Sha256.Span);
        }

        return isOne;
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
}
