using Microsoft.AspNetCore.Http;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>
/// What pages of other sites may do, as far as browsers ask: what Alertmanager lets them (github.com/rs/cors by its
/// defaults). That they may not write all the same is <see cref="Admission"/>'s word.
/// </summary>
internal static class Cors
{
    private const string Anybody = "*";
    private static readonly string[] Methods = ["GET", "POST", "HEAD", "OPTIONS"];
    private static readonly string[] Headers = ["Accept", "Content-Type", "Origin", "X-Requested-With"];

    public static bool IsPreflight(HttpRequest request) =>
        HttpMethods.IsOptions(request.Method) && request.Headers.AccessControlRequestMethod.Count > 0;

    public static void AnswerPreflight(HttpContext context)
    {
        var (request, response) = (context.Request.Headers, context.Response.Headers);
        response.Vary = new(["Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"]);
        var method = request.AccessControlRequestMethod.ToString().ToUpperInvariant();
        var asked = request
            .AccessControlRequestHeaders.ToString()
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(static name => Array.Find(Headers, h => h.Equals(name, StringComparison.OrdinalIgnoreCase)))
            .ToArray();
        if (request.Origin.Count == 0 || !Methods.Contains(method) || asked.Contains(null))
        {
            return;
        }

        response.AccessControlAllowOrigin = Anybody;
        response.AccessControlAllowMethods = method;
        if (asked.Length > 0)
        {
            response.AccessControlAllowHeaders = string.Join(", ", asked);
        }
    }

    public static void Allow(HttpContext context)
    {
        context.Response.Headers.Vary = "Origin";
        if (context.Request.Headers.Origin.Count > 0 && Methods.Contains(context.Request.Method))
        {
            context.Response.Headers.AccessControlAllowOrigin = Anybody;
        }
    }
}
