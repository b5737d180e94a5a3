using AlertHub.Configuration;

namespace AlertHub.Api.Web;

/// <summary>Under which address the hub is reached, and under which paths it answers: two things behind a proxy.</summary>
public static class WebPaths
{
    /// <summary>The value of <c>--web.external-url</c>, without the slashes at its end; null and why it is none.</summary>
    public static Uri? ExternalUrl(string text, out string? objection)
    {
        objection = GoUrl.HttpObjection(text);
        if (objection is null && Uri.TryCreate(text, UriKind.Absolute, out var url))
        {
            // Messages show it as it was given.
            return url.Query.Length + url.Fragment.Length > 0 ? url : new(text.TrimEnd('/'));
        }

        objection ??= "this is no URL; write it as https://host/path";
        return null;
    }

    /// <summary><c>/</c>, or a path that begins and does not end with one.</summary>
    /// <param name="prefix"><c>--web.route-prefix</c>; the path of the external URL where it is null or empty.</param>
    /// <param name="externalUrl">Null where none was given.</param>
    public static string RoutePrefix(string? prefix, Uri? externalUrl) =>
        "/" + (string.IsNullOrEmpty(prefix) ? externalUrl?.AbsolutePath ?? "" : prefix).Trim('/');
}
