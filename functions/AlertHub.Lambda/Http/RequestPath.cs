using Microsoft.AspNetCore.Http;

namespace AlertHub.Lambda.Http;

/// <summary>
/// The path of an event as Kestrel gives it: decoded but for <c>%2F</c>, without dot segments, the stage apart.
/// </summary>
/// <remarks>
/// HTTP APIs send <c>rawPath</c> decoded, whatever its name says: <c>/a%2Fb</c> arrives as <c>/a/b</c> and cannot be told
/// from it (https://github.com/fastify/aws-lambda-fastify/issues/169), and what follows a <c>%3F</c> is lost
/// (https://github.com/middleapi/standard-server/pull/93). To decode it once more would take <c>%2541</c> for <c>A</c>.
/// Function URLs send it as the client did. Queries come as they were sent from both. (Read on 2026-11-28.)
/// </remarks>
/// <param name="Base">The stage, where it is part of the URL; empty otherwise.</param>
/// <param name="Path">Behind it. Begins with a slash.</param>
internal sealed record RequestPath(string Base, string Path)
{
    private const string DefaultStage = "$default";

    /// <returns>Null where there is a null character in it, which no server takes.</returns>
    public static RequestPath? Of(HttpEvent request)
    {
        var (stage, path) = Split(request);
        if (Is(request, ".lambda-url."))
        {
            if (path.Contains("%00", StringComparison.Ordinal))
            {
                return null;
            }

            path = PathString.FromUriComponent(path).Value ?? "/";
        }

        return path.Contains('\0', StringComparison.Ordinal) ? null : new(stage, WithoutDotSegments(path));
    }

    /// <summary>
    /// An HTTP API puts the stage before every path. Where it was asked by its own name the client did so, too; behind a
    /// custom domain nobody wrote it, and the key of the mapping, which they did write, is told nowhere
    /// (https://github.com/CodeGenieApp/serverless-express/issues/465).
    /// </summary>
    private static (string Stage, string Path) Split(HttpEvent request)
    {
        var path = request.RawPath[0] == '/' ? request.RawPath : "/" + request.RawPath;
        if (request.Stage is null or "" or DefaultStage)
        {
            return ("", path);
        }

        var prefix = "/" + request.Stage;
        if (!path.StartsWith(prefix, StringComparison.Ordinal))
        {
            return ("", path);
        }

        var rest = path[prefix.Length..];
        return rest is "" or ['/', ..]
            ? (Is(request, ".execute-api.") ? prefix : "", rest is "" ? "/" : rest)
            : ("", path);
    }

    private static bool Is(HttpEvent request, string kindOfDomain) =>
        request.DomainName?.Contains(kindOfDomain, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>RFC 3986, 5.2.4.</summary>
    private static string WithoutDotSegments(string path)
    {
        if (!path.Contains("/.", StringComparison.Ordinal))
        {
            return path;
        }

        var segments = path.Split('/');
        var kept = new List<string>();
        foreach (var (place, segment) in segments.Index().Skip(1))
        {
            if (segment is not ("." or ".."))
            {
                kept.Add(segment);
                continue;
            }

            if (segment == ".." && kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }

            if (place == segments.Length - 1)
            {
                kept.Add("");
            }
        }

        return "/" + string.Join('/', kept);
    }
}
