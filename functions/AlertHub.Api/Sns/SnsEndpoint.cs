using System.Net;
using System.Text;
using AlertHub.Sources;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace AlertHub.Api.Sns;

/// <summary>
/// <c>POST /sns</c>: SNS over HTTPS. Open to the internet by its nature, so nothing is taken but what SNS signed for a
/// listed topic, lately. 4xx is final for SNS; 5xx makes it try again.
/// </summary>
public sealed partial class SnsEndpoint
{
    /// <summary>
    /// 2 MiB: a message has 256 KiB at most, each byte of it at most six as a JSON escape, and an envelope of 3 KiB.
    /// </summary>
    public const int LimitBytes = 2 * 1024 * 1024;

    private readonly Keep keep;
    private readonly SnsPolicy policy;
    private readonly HttpClient http;
    private readonly SnsCertificates certificates;
    private readonly TimeProvider time;
    private readonly ILogger<SnsEndpoint> log;

    /// <summary><paramref name="handler"/> reaches SNS: <see cref="SnsHttp.Handler"/>.</summary>
    public SnsEndpoint(
        Keep keep,
        SnsPolicy policy,
        HttpMessageHandler handler,
        TimeProvider time,
        ILogger<SnsEndpoint> log
    )
    {
        (this.keep, this.policy, this.time, this.log) = (keep, policy, time, log);
        http = SnsHttp.Client(handler);
        certificates = new(http, time);
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/sns", Exchange.Of(HandleAsync));

    private async Task HandleAsync(HttpContext context)
    {
        var (status, line) = await AnswerAsync(context.Request, context.RequestAborted);
        await Exchange.AnswerAsync(context, status, line);
    }

    private async Task<(int Status, string Line)> AnswerAsync(HttpRequest request, CancellationToken ct)
    {
        if (policy.Topics.Count == 0)
        {
            return Refuse(null, "no topic is allowed; start with --sns.topic=<ARN> for each topic that may post here");
        }

        if (await Exchange.ReadAsync(request, LimitBytes, ct) is not { } body)
        {
            return Refuse(null, $"the body is larger than {LimitBytes} bytes", StatusCodes.Status413PayloadTooLarge);
        }

        if (request.Headers["x-amz-sns-rawdelivery"] == "true")
        {
            return Refuse(null, "raw message delivery carries no signature; switch it off for this subscription");
        }

        if (SnsMessage.Read(body.Span) is not { } message)
        {
            return Refuse(
                null,
                "the body is not a message of SNS; other events go to /events",
                StatusCodes.Status400BadRequest
            );
        }

        if (policy.Objection(message, time.GetUtcNow()) is { } objection)
        {
            return Refuse(message.MessageId, objection);
        }

        if (!SnsAddress.IsCertificate(message.SigningCertUrl, message.TopicArn, out var url))
        {
            return Refuse(
                message.MessageId,
                $"SigningCertURL {Exchange.Quote(message.SigningCertUrl)} is not an address of SNS in the topic's partition"
            );
        }

        try
        {
            if (await certificates.GetAsync(url, ct) is not { } certificate)
            {
                return Refuse(message.MessageId, $"there is no certificate at {Exchange.Quote(url.AbsoluteUri)}");
            }

            return SnsSignature.Objection(message, certificate, time.GetUtcNow()) is { } flaw
                ? Refuse(message.MessageId, flaw)
                : await TakeAsync(message, ct);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            Unreached(Exchange.Quote(message.MessageId), url.Host);
            return (StatusCodes.Status503ServiceUnavailable, $"{url.Host} could not be reached, send it again later.");
        }
        catch (StorageUnavailableException e)
        {
            NotStored(Exchange.Quote(message.MessageId), e.Message);
            return (StatusCodes.Status503ServiceUnavailable, Intake.Unstored(e));
        }
    }

    private async Task<(int Status, string Line)> TakeAsync(SnsMessage message, CancellationToken ct)
    {
        switch (message.Type)
        {
            case SnsMessage.Notification:
                // Made of what was verified, not read anew from the body.
                var kept = await keep(
                    [
                        new Inbound
                        {
                            Body = Encoding.UTF8.GetBytes(message.Message),
                            Id = message.MessageId,
                            Subject = message.Subject,
                            Topic = message.TopicArn,
                        },
                    ],
                    ct
                );
                Accepted(kept, message.MessageId, message.TopicArn);
                return (StatusCodes.Status200OK, kept.ToString());

            case SnsMessage.SubscriptionConfirmation:
                return await ConfirmAsync(message, ct);

            default:
                // Somebody ended the subscription. To visit SubscribeURL would renew it against their will.
                Unsubscribed(message.TopicArn);
                return (StatusCodes.Status200OK, "noted");
        }
    }

    private async Task<(int Status, string Line)> ConfirmAsync(SnsMessage message, CancellationToken ct)
    {
        if (!SnsAddress.IsOfSns(message.SubscribeUrl, message.TopicArn, out var url))
        {
            return Refuse(message.MessageId, "SubscribeURL is not an address of SNS in the topic's partition");
        }

        using var response = await http.GetAsync(url, ct);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            Unconfirmed(message.TopicArn, (int)response.StatusCode);
            return (StatusCodes.Status503ServiceUnavailable, "SNS did not take the confirmation, send it again later.");
        }

        Confirmed(message.TopicArn);
        return (StatusCodes.Status200OK, "confirmed");
    }

    private (int Status, string Line) Refuse(string? id, string reason, int status = StatusCodes.Status403Forbidden)
    {
        Refused(id is null ? "" : $" {Exchange.Quote(id)}", status, reason);
        return (status, $"Refused: {reason}.");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "/sns: {Outcome}, {MessageId} of {Topic}")]
    private partial void Accepted(Kept outcome, string messageId, string topic);

    [LoggerMessage(Level = LogLevel.Warning, Message = "/sns: refused{MessageId} ({Status}): {Reason}")]
    private partial void Refused(string messageId, int status, string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "/sns: {MessageId} not stored, SNS was told to try again (503): {Reason}"
    )]
    private partial void NotStored(string messageId, string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "/sns: {MessageId} not taken, SNS was told to try again (503): {Host} could not be reached; allow HTTPS to it"
    )]
    private partial void Unreached(string messageId, string host);

    [LoggerMessage(Level = LogLevel.Information, Message = "/sns: subscription to {Topic} confirmed")]
    private partial void Confirmed(string topic);

    [LoggerMessage(Level = LogLevel.Error, Message = "/sns: SNS answered the confirmation for {Topic} with {Status}")]
    private partial void Unconfirmed(string topic, int status);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "/sns: {Topic} no longer posts here, its subscription was ended"
    )]
    private partial void Unsubscribed(string topic);
}
