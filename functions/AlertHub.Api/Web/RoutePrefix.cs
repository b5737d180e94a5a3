using Microsoft.AspNetCore.Http;

namespace AlertHub.Api.Web;

/// <summary>
/// Paths as Alertmanager has them: a path with empty segments is redirected to the one without, the root and the bare
/// prefix to the prefix, and outside of it there is nothing. Behind this the prefix is the end of
/// <see cref="HttpRequest.PathBase"/>, where a host may have put something before (a stage of API Gateway).
/// </summary>
/// <param name="prefix">As <see cref="WebPaths.RoutePrefix"/> gives it.</param>
internal sealed class RoutePrefix(string prefix)
{
    private readonly RequestDelegate root = Exchange.Only(
        context => RedirectAsync(context, StatusCodes.Status302Found, prefix),
        HttpMethods.Get
    );

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path.Contains("//", StringComparison.Ordinal))
        {
            return RedirectAsync(context, StatusCodes.Status301MovedPermanently, WithoutEmptySegments(path));
        }

        if (prefix == "/")
        {
            return next(context);
        }

        if (path == "/")
        {
            return root(context);
        }

        if (path == prefix && HttpMethods.IsGet(context.Request.Method))
        {
            return RedirectAsync(context, StatusCodes.Status301MovedPermanently, prefix + "/");
        }

        if (!path.StartsWith(prefix + "/", StringComparison.Ordinal))
        {
            return Exchange.NotFoundAsync(context);
        }

        context.Request.PathBase = context.Request.PathBase.Add(prefix);
        context.Request.Path = path[prefix.Length..];
        return next(context);
    }

    private static Task RedirectAsync(HttpContext context, int status, string path)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location =
            context.Request.PathBase.Add(path).ToUriComponent() + context.Request.QueryString.ToUriComponent();
        return Task.CompletedTask;
    }

    private static string WithoutEmptySegments(string path)
    {
        while (path.Contains("//", StringComparison.Ordinal))
        {
            path = path.Replace("//", "/", StringComparison.Ordinal);
        }

        return path;
    }
}
