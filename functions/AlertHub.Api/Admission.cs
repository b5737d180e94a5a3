using System.Net;
using Microsoft.AspNetCore.Http;

namespace AlertHub.Api;

/// <summary>
/// What a request must be before anything of it is taken in. There is no password, so that it comes from a program
/// must do: a browser that is near enough to post here posts for any page it shows.
/// </summary>
/// <param name="loopbackOnly">Only this machine can connect; whoever names another is a page under a borrowed name (DNS rebinding).</param>
/// <param name="bodies">Shared by all endpoints.</param>
/// <param name="externalUrl">Under which a proxy offers this; its pages and its name are this program's own.</param>
public sealed class Admission(bool loopbackOnly, BodyBudget bodies, Uri? externalUrl = null)
{
    internal BodyBudget Bodies => bodies;

    /// <summary>Why the request is not let in, or null.</summary>
    internal string? Objection(HttpRequest request) =>
        (IsExternal(request.Headers.Origin.ToString()) ? null : CrossSite(request)) ?? Rebound(request);

    /// <summary>
    /// A browser says with every POST whose page it is for: https://developer.mozilla.org/docs/Web/HTTP/Headers/Origin.
    /// Programs send neither header.
    /// </summary>
    internal static string? CrossSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] == "cross-site"
            ? "a browser sent it for a page of another site (Sec-Fetch-Site)"
        : request.Headers.Origin is { Count: > 0 } origin && !IsOwn(origin.ToString(), request.Host)
            ? $"a browser sent it for a page of another site (Origin {Exchange.Quote(origin)})"
        : null;

    private static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && page.Host.Length > 0
        && page.Authority.Equals(host.Value, StringComparison.OrdinalIgnoreCase);

    private bool IsExternal(string origin) =>
        externalUrl?.GetLeftPart(UriPartial.Authority).Equals(origin, StringComparison.OrdinalIgnoreCase) == true;

    private string? Rebound(HttpRequest request) =>
        !loopbackOnly
        || request.Host.Value?.Equals(externalUrl?.Authority, StringComparison.OrdinalIgnoreCase) == true
        || request.Host is { HasValue: false } or { Host: "localhost" }
        || (IPAddress.TryParse(request.Host.Host, out var address) && IPAddress.IsLoopback(address))
            ? null
            : $"it is for {Exchange.Quote(request.Host.Value)} and only this machine can connect; where a proxy sent it, let that set the Host to localhost";
}
