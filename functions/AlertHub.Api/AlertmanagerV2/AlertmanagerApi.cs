using System.Buffers;
using AlertHub.Api.Web;
using AlertHub.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>
/// <c>/api/v2</c> as Alertmanager answers it, and the remark of its later versions about <c>/api/v1</c>. Paths and methods
/// are told apart here and not by the platform's routing, which takes any case and says nothing with its refusals.
/// </summary>
/// <param name="hub">Does it.</param>
/// <param name="keeper">Takes alerts.</param>
/// <param name="admission">Which browsers may write, and how much comes in at once.</param>
/// <param name="metrics">Counts alerts.</param>
/// <param name="time">The hub's.</param>
/// <param name="log">What changed, and what was refused.</param>
public sealed partial class AlertmanagerApi(
    Hub hub,
    Keeper keeper,
    Admission admission,
    HubMetrics metrics,
    TimeProvider time,
    ILogger<AlertmanagerApi> log
)
{
    /// <summary>8 MiB: sixty times what Prometheus sends at once.</summary>
    public const int LimitBytes = 8 * 1024 * 1024;

    private const string Root = "/api/v2";

    private readonly ShownVersion version = new()
    {
        // Clients such as karma choose by it how to read the answers: the newest that these are like.
        Version = BuildVersion.Alertmanager,
        Revision = BuildVersion.Own,
        GoVersion = BuildVersion.Platform,
    };

    private readonly SharedTexts shared = new();
    private readonly DateTimeOffset started = time.GetUtcNow();

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.Map(Root + "/{**rest}", Exchange.Of(AnswerAsync)).WithDisplayName(Root);
        routes.Map("/api/v1/{**rest}", Exchange.Of(GoneAsync)).WithDisplayName("/api/v1");
    }

    private Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (Cors.IsPreflight(context.Request))
        {
            Cors.AnswerPreflight(context);
            return Task.CompletedTask;
        }

        Cors.Allow(context);
        var path = context.Request.Path.Value?[Root.Length..] ?? "";
        var (handler, operations) = Find(path.Length > 1 ? path.TrimEnd('/') : path);
        if (operations.Count == 0 || path is "/silence/")
        {
            return RefuseAsync(context, Refusal.NoSuchPath(context.Request.Path.Value ?? ""));
        }

        context.Items[HttpMetrics.HandlerKey] = handler;
        var operation = operations.FirstOrDefault(o => o.Method == context.Request.Method);
        if (operation is null)
        {
            string[] methods = [.. operations.Select(static o => o.Method)];
            context.Response.Headers.Allow = string.Join(',', methods);
            return RefuseAsync(context, Refusal.NoSuchMethod(context.Request.Method, methods));
        }

        // Who sends a body is not asked what he would like to read.
        return !HasBody(context.Request) && RequestForm.Accept(context.Request.Headers.Accept) is { } refusal
            ? RefuseAsync(context, refusal)
            : operation.AnswerAsync(context);
    }

    private static bool HasBody(HttpRequest request) =>
        request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0;

    /// <summary>What a path stands for, and what can be done there; nothing where there is no such path.</summary>
    private (string Handler, IReadOnlyList<Operation> Operations) Find(string path) =>
        path switch
        {
            "/alerts" => (path, [new("GET", ListAlertsAsync), new("POST", PostAlertsAsync)]),
            "/alerts/groups" => (path, [new("GET", ListGroupsAsync)]),
            "/receivers" => (path, [new("GET", ListReceiversAsync)]),
            "/silences" => (path, [new("GET", ListSilencesAsync), new("POST", PostSilenceAsync)]),
            "/status" => (path, [new("GET", ShowStatusAsync)]),
            _ when SilenceId(path) is { } id => (
                "/silence/{silenceID}",
                [
                    new("GET", context => ShowSilenceAsync(context, id)),
                    new("DELETE", context => ExpireSilenceAsync(context, id)),
                ]
            ),
            _ => ("", []),
        };

    private static string? SilenceId(string path) =>
        path.StartsWith("/silence/", StringComparison.Ordinal)
        && path["/silence/".Length..] is { Length: > 0 } id
        && !id.Contains('/', StringComparison.Ordinal)
            ? id
            : null;

    private Task ListReceiversAsync(HttpContext context) =>
        AnswerJsonAsync(context, body => Answers.Receivers(body, AlertListing.Receivers(hub.Settings.Rules)));

    private Task ShowStatusAsync(HttpContext context) =>
        AnswerJsonAsync(
            context,
            body =>
                Answers.Status(
                    body,
                    new()
                    {
                        // A store that several share needs no gossip: there is no cluster to be a member of.
                        Cluster = new() { Status = "disabled" },
                        Config = hub.Settings.Rules.Config.Alertmanager.Print(),
                        Uptime = started,
                        Version = version,
                    }
                )
        );

    private static Task GoneAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status410Gone;
        return AnswerJsonAsync(
            context,
            static body =>
                body.Write(
                    "{\"status\":\"deprecated\",\"error\":\"API v1 is gone, as in Alertmanager since 0.27: use the same path under /api/v2\"}\n"u8
                )
        );
    }

    private static async Task AnswerJsonAsync(HttpContext context, Action<IBufferWriter<byte>> write)
    {
        using var body = new PooledBuffer();
        write(body);
        await Exchange.AnswerAsync(context, "application/json", body);
    }

    private static Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        context.Response.StatusCode = refusal.Status;
        return refusal.Message is null || HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : AnswerJsonAsync(context, refusal.Write);
    }

    /// <summary>The whole body; or null, after a refusal was answered.</summary>
    private async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpContext context, BodyBudget.Share share)
    {
        var request = context.Request;
        var refusal = admission.Objection(request) is { } objection
            ? Refusal.Forbidden(objection)
            : RequestForm.ContentType(request.ContentType, request.ContentLength);
        var body = refusal is null
            ? await Exchange.ReadAsync(request, LimitBytes, share, context.RequestAborted)
            : null;
        refusal ??= body switch
        {
            RequestBody.TooLarge => Refusal.TooLarge(LimitBytes),
            RequestBody.NoRoom => Refusal.Unavailable(BodyBudget.Exhausted),
            RequestBody.Unreadable(var status, var reason) => new(status, status, reason),
            _ => null,
        };
        if (refusal is not null)
        {
            Refused(request.Path, refusal.Status, refusal.Message);
            await RefuseAsync(context, refusal);
            return null;
        }

        return ((RequestBody.Whole)body!).Bytes;
    }

    /// <summary>One thing that can be done at a path.</summary>
    private sealed record Operation(string Method, RequestDelegate AnswerAsync);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path}: refused ({Status}): {Reason}")]
    private partial void Refused(string path, int status, string? reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Path}: not stored, the sender was told to try again (503): {Reason}"
    )]
    private partial void NotStored(string path, string reason);
}
