using AlertHub.Sources;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace AlertHub.Api;

/// <summary>
/// <c>POST /webhook</c> and <c>POST /events</c>: whatever comes is kept and is an alert. The answer is 200 once it is on
/// durable storage, 503 where it is not. There is no other refusal but size, because Alertmanager drops a notification
/// that it got a 4xx for (notify/webhook, notify/util.go Retrier: only 5xx is tried again).
/// </summary>
public sealed partial class Intake(Keep keep, ILogger<Intake> log)
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

    private Task WebhookAsync(HttpContext context) => AcceptAsync(context, static body => [new() { Body = body }]);

    // Anybody who reaches the port may post here, so an id that a body claims is not taken for the sender's: it could
    // keep out the signed message that bears it. A sample posted twice is told twice.
    private Task EventsAsync(HttpContext context) =>
        AcceptAsync(context, static body => [.. Envelope.Open(body).Select(m => m with { Id = null })]);

    private async Task AcceptAsync(HttpContext context, Func<ReadOnlyMemory<byte>, IReadOnlyList<Inbound>> open)
    {
        var path = context.Request.Path.Value ?? "";
        if (await Exchange.ReadAsync(context.Request, LimitBytes, context.RequestAborted) is not { } body)
        {
            TooLarge(path, LimitBytes);
            await Exchange.AnswerAsync(
                context,
                StatusCodes.Status413PayloadTooLarge,
                $"The body is larger than {LimitBytes} bytes and was not stored. Send it in parts; in alertmanager.yml set max_alerts of the webhook."
            );
            return;
        }

        try
        {
            var kept = await keep(open(body), context.RequestAborted);
            Accepted(path, kept, body.Length);
            await Exchange.AnswerAsync(context, StatusCodes.Status200OK, kept.ToString());
        }
        catch (StorageUnavailableException e)
        {
            NotStored(path, e.Message);
            await Exchange.AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, Unstored(e));
        }
    }

    internal static string Unstored(StorageUnavailableException e) => $"Not stored, send it again later: {e.Message}";

    [LoggerMessage(Level = LogLevel.Information, Message = "{Path}: {Outcome}, {Bytes} bytes")]
    private partial void Accepted(string path, Kept outcome, int bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path}: refused a body larger than {Limit} bytes (413)")]
    private partial void TooLarge(string path, int limit);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Path}: not stored, the sender was told to try again (503): {Reason}"
    )]
    private partial void NotStored(string path, string reason);
}
