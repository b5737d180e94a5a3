using AlertHub.Api.Web;
using AlertHub.Sources;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace AlertHub.Api;

/// <summary>
/// <c>POST /webhook</c> and <c>POST /events</c>: whatever comes is kept and is an alert. The answer is 200 once it is on
/// durable storage, 503 where it is not. What a program sends is refused for nothing but size, because Alertmanager drops
/// a notification that it got a 4xx for (notify/webhook, notify/util.go Retrier: only 5xx is tried again).
/// </summary>
public sealed partial class Intake(Keep keep, Admission admission, TimeProvider time, ILogger<Intake> log)
{
    /// <summary>
    /// 8 MiB: above Lambda's largest event (6 MiB) and a group of some thousand alerts, which Alertmanager sends in one
    /// piece unless <c>max_alerts</c> is set.
    /// </summary>
    public const int LimitBytes = 8 * 1024 * 1024;

    public void Map(IEndpointRouteBuilder routes)
    {
        // Grafana's webhook contact point can be set to PUT.
        routes.MapMethods("/webhook", [HttpMethods.Post, HttpMethods.Put], Exchange.Of(WebhookAsync));
        routes.MapPost("/events", Exchange.Of(EventsAsync));
    }

    private Task WebhookAsync(HttpContext context) =>
        AcceptAsync(context, static (body, now) => [new() { Body = body, ReceivedAt = now }]);

    // Anybody who reaches the port may post here, so an id that a body claims is not taken for the sender's: it could
    // keep out the signed message that bears it. A sample posted twice is told twice.
    private Task EventsAsync(HttpContext context) =>
        AcceptAsync(context, static (body, now) => [.. Envelope.Open(body, now).Select(m => m with { Id = null })]);

    private async Task AcceptAsync(
        HttpContext context,
        Func<ReadOnlyMemory<byte>, DateTimeOffset, IReadOnlyList<Inbound>> open
    )
    {
        var path = context.Request.Path.Value ?? "";
        if (admission.Objection(context.Request) is { } objection)
        {
            Refused(path, objection);
            await Exchange.AnswerAsync(context, StatusCodes.Status403Forbidden, $"Refused: {objection}.");
            return;
        }

        using var share = admission.Bodies.Enter();
        switch (await Exchange.ReadAsync(context.Request, LimitBytes, share, context.RequestAborted))
        {
            case RequestBody.TooLarge:
                TooLarge(path, LimitBytes);
                await Exchange.AnswerAsync(
                    context,
                    StatusCodes.Status413PayloadTooLarge,
                    $"The body is larger than {LimitBytes} bytes and was not stored. Send it in parts; in alertmanager.yml set max_alerts of the webhook."
                );
                break;

            case RequestBody.Unreadable(var status, var reason):
                Unreadable(path, status, reason);
                await Exchange.AnswerAsync(context, status, $"Not stored: {reason}.");
                break;

            case RequestBody.NoRoom:
                await RejectAsync(context, path, BodyBudget.Exhausted);
                break;

            case RequestBody.Whole whole:
                await StoreAsync(context, path, whole.Bytes.Length, open(whole.Bytes, time.GetUtcNow()));
                break;
        }
    }

    private async Task StoreAsync(HttpContext context, string path, int bytes, IReadOnlyList<Inbound> messages)
    {
        try
        {
            var kept = await keep(messages, WebAccess.LabelsOf(context), context.RequestAborted);
            Accepted(path, kept, bytes);
            await Exchange.AnswerAsync(context, StatusCodes.Status200OK, kept.ToString());
        }
        catch (StorageUnavailableException e)
        {
            await RejectAsync(context, path, e.Message);
        }
    }

    private Task RejectAsync(HttpContext context, string path, string reason)
    {
        NotStored(path, reason);
        return Exchange.AnswerAsync(
            context,
            StatusCodes.Status503ServiceUnavailable,
            $"Not stored, send it again later: {reason}"
        );
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Path}: {Outcome}, {Bytes} bytes")]
    private partial void Accepted(string path, Kept outcome, int bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path}: refused (403): {Reason}")]
    private partial void Refused(string path, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path}: refused a body larger than {Limit} bytes (413)")]
    private partial void TooLarge(string path, int limit);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path}: refused ({Status}): {Reason}")]
    private partial void Unreadable(string path, int status, string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Path}: not stored, the sender was told to try again (503): {Reason}"
    )]
    private partial void NotStored(string path, string reason);
}
