using System.Globalization;
using System.Text;
using AlertHub.Api.AlertmanagerV2;
using AlertHub.Explaining;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace AlertHub.Api.Explaining;

/// <summary>
/// <c>GET /hub/explain?filter=...</c> and <c>GET /hub/explain/{fingerprint}</c>: why somebody is or is not told of alerts, as
/// JSON or, for who prefers text/plain, as text. Beside Alertmanager's paths, where a client of it never looks.
/// </summary>
public sealed class ExplainEndpoint(Hub hub)
{
    /// <summary>So many at once; whoever has more of them asks more closely.</summary>
    public const int Most = 100;

    private const string Path = "/hub/explain";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map(Path, Exchange.Only(ListAsync, HttpMethods.Get)).WithDisplayName(Path);
        routes.Map(Path + "/{fingerprint}", Exchange.Only(ShowAsync, HttpMethods.Get)).WithDisplayName(Path);
    }

    private Task ListAsync(HttpContext context)
    {
        var filters = Filters.Matchers(new(context.Request.QueryString.Value), "filter", out var refusal);
        return filters is null
            ? Exchange.AnswerAsync(context, StatusCodes.Status400BadRequest, $"{refusal?.Message}")
            : AnswerAsync(context, ct => hub.ExplainAsync(filters, Most + 1, ct));
    }

    private Task ShowAsync(HttpContext context)
    {
        var text = context.Request.RouteValues["fingerprint"] as string;
        return !ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var fingerprint)
            ? Exchange.AnswerAsync(
                context,
                StatusCodes.Status400BadRequest,
                $"{Exchange.Quote(text)} is no fingerprint: it has 16 hexadecimal digits, as GET /api/v2/alerts shows it"
            )
            : AnswerAsync(
                context,
                async ct => await hub.ExplainAsync(fingerprint, ct) is { } explanation ? [explanation] : []
            );
    }

    private static async Task AnswerAsync(
        HttpContext context,
        Func<CancellationToken, Task<IReadOnlyList<Explanation>>> explain
    )
    {
        var explanations = await explain(context.RequestAborted);
        if (explanations.Count is 0 or > Most)
        {
            await Exchange.AnswerAsync(
                context,
                explanations.Count == 0 ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest,
                explanations.Count == 0
                    ? "No such alert is known; GET /api/v2/alerts lists those that are."
                    : $"These are more than {Most} alerts; ask for fewer with ?filter=name=\"value\"."
            );
            return;
        }

        using var body = new PooledBuffer();
        if (PrefersText(context.Request))
        {
            Encoding.UTF8.GetBytes(ExplanationText.Render(explanations), body);
            await Exchange.AnswerAsync(context, "text/plain; charset=utf-8", body);
            return;
        }

        ExplanationJson.Render(body, explanations);
        await Exchange.AnswerAsync(context, "application/json", body);
    }

    private static bool PrefersText(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var types)
        && types.MaxBy(static type => type.Quality ?? 1)?.MediaType == "text/plain";
}
