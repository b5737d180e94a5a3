using System.Net;
using System.Text;
using AlertHub.Alerts;
using AlertHub.Sources;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace AlertHub.Api.Sns;

/// <summary>
/// <c>POST /sns</c>: SNS over HTTPS. Open to the internet by its nature, so nothing is taken but what SNS signed for a
/// listed topic, lately. 4xx is final for SNS, so it is for what the sender is to blame for; our own trouble is 5xx, and
/// SNS tries again.
/// </summary>
public sealed partial class SnsEndpoint
{
    /// <summary>
    /// 2 MiB: a message has 256 KiB at most, each byte of it at most six as a JSON escape, and an envelope of 3 KiB.
    /// </summary>
    public const int LimitBytes = 2 * 1024 * 1024;

    private readonly Keep keep;
    private readonly Admission admission;
    private readonly SnsPolicy policy;
    private readonly HttpClient http;
    private readonly SnsCertificates certificates;
    private readonly TimeProvider time;
    private readonly ILogger<SnsEndpoint> log;

    /// <summary><paramref name="handler"/> reaches SNS: <see cref="SnsHttp.Handler"/>.</summary>
    public SnsEndpoint(
        Keep keep,
        Admission admission,
        SnsPolicy policy,
        HttpMessageHandler handler,
        TimeProvider time,
        ILogger<SnsEndpoint> log
    )
    {
        (this.keep, this.admission, this.policy) = (keep, admission, policy);
        (this.time, this.log) = (time, log);
        http = SnsHttp.Client(handler);
        certificates = new(http, time);
    }

    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/sns", Exchange.Of(HandleAsync));

    private async Task HandleAsync(HttpContext context)
    {
        using var share = admission.Bodies.Enter();
        var (status, line) = await AnswerAsync(context.Request, share, context.RequestAborted);
        await Exchange.AnswerAsync(context, status, line);
    }

    private async Task<(int Status, string Line)> AnswerAsync(
        HttpRequest request,
        BodyBudget.Share share,
        CancellationToken ct
    )
    {
        // Not the Host: a TLS proxy stands before this endpoint and may pass on its own, and a page that came to this
        // machine by its own name gains nothing where only what SNS signed is taken.
        if (Admission.CrossSite(request) is { } foreign)
        {
            return Refuse(null, foreign);
        }

        if (policy.Topics.Count == 0)
        {
            return Refuse(null, "no topic is allowed; start with --sns.topic=<ARN> for each topic that may post here");
        }

        return await Exchange.ReadAsync(request, LimitBytes, share, ct) switch
        {
            RequestBody.TooLarge => Refuse(
                null,
                $"the body is larger than {LimitBytes} bytes",
                StatusCodes.Status413PayloadTooLarge
            ),
            RequestBody.Unreadable unreadable => Refuse(null, unreadable.Reason, unreadable.Status),
            RequestBody.NoRoom => Trouble(null, BodyBudget.Exhausted),
            RequestBody.Whole whole => await CheckAsync(request, whole.Bytes, ct),
            var other => throw new InvalidOperationException($"a body of no known kind: {other.GetType().Name}"),
        };
    }

    private async Task<(int Status, string Line)> CheckAsync(
        HttpRequest request,
        ReadOnlyMemory<byte> body,
        CancellationToken ct
    )
    {
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

        var objection = policy.Objection(message, time.GetUtcNow());
        if (objection is SnsObjection.Refusal)
        {
            return Refuse(message.MessageId, objection.Reason);
        }

        if (!SnsAddress.IsCertificate(message.SigningCertUrl, message.TopicArn, out var url))
        {
            return Refuse(
                message.MessageId,
                $"SigningCertURL {Exchange.Quote(message.SigningCertUrl)} is not an address of SNS in the topic's region"
            );
        }

        var (certificate, failure) = await certificates.GetAsync(url, ct);
        if (certificate is null)
        {
            return Trouble(message.MessageId, failure);
        }

        // The signature decides first whether it is SNS that speaks: a stranger is refused, whatever is wrong here.
        return (SnsSignature.Objection(message, certificate, time.GetUtcNow()) ?? objection) switch
        {
            SnsObjection.Refusal refusal => Refuse(message.MessageId, refusal.Reason),
            { } trouble => Trouble(message.MessageId, trouble.Reason),
            null => await TakeAsync(message, ct),
        };
    }

    private async Task<(int Status, string Line)> TakeAsync(SnsMessage message, CancellationToken ct)
    {
        switch (message.Type)
        {
            case SnsMessage.Notification:
                return await StoreAsync(message, ct);

            case SnsMessage.SubscriptionConfirmation:
                return await ConfirmAsync(message, ct);

            default:
                // Somebody ended the subscription. To visit SubscribeURL would renew it against their will.
                Unsubscribed(message.TopicArn);
                return (StatusCodes.Status200OK, "noted");
        }
    }

    private async Task<(int Status, string Line)> StoreAsync(SnsMessage message, CancellationToken ct)
    {
        // Made of what was verified, not read anew from the body.
        var inbound = new Inbound
        {
            Body = Encoding.UTF8.GetBytes(message.Message),
            ReceivedAt = time.GetUtcNow(),
            Id = message.MessageId,
            Subject = message.Subject,
            Topic = message.TopicArn,
        };
        try
        {
            var kept = await keep([inbound], Labels.Empty, ct);
            Accepted(kept, message.MessageId, message.TopicArn);
            return (StatusCodes.Status200OK, kept.ToString());
        }
        catch (StorageUnavailableException e)
        {
            return Trouble(message.MessageId, e.Message);
        }
    }

    private async Task<(int Status, string Line)> ConfirmAsync(SnsMessage message, CancellationToken ct)
    {
        if (!SnsAddress.IsOfSns(message.SubscribeUrl, message.TopicArn, out var url))
        {
            return Refuse(message.MessageId, "SubscribeURL is not an address of SNS in the topic's region");
        }

        try
        {
            using var response = await http.GetAsync(url, ct);
            if (response.StatusCode != HttpStatusCode.OK)
            {
                return Trouble(
                    message.MessageId,
                    $"SNS answered the confirmation for {message.TopicArn} with {(int)response.StatusCode}"
                );
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return Trouble(message.MessageId, $"{url.Host} could not be reached; allow HTTPS to it");
        }

        Confirmed(message.TopicArn);
        return (StatusCodes.Status200OK, "confirmed");
    }

    private (int Status, string Line) Refuse(string? id, string reason, int status = StatusCodes.Status403Forbidden)
    {
        Refused(Named(id), status, reason);
        return (status, $"Refused: {reason}.");
    }

    private (int Status, string Line) Trouble(string? id, string reason)
    {
        NotTaken(Named(id), reason);
        return (StatusCodes.Status503ServiceUnavailable, $"Not taken, send it again later: {reason}.");
    }

    private static string Named(string? id) => id is null ? "" : $" {Exchange.Quote(id)}";

    [LoggerMessage(Level = LogLevel.Information, Message = "/sns: {Outcome}, {MessageId} of {Topic}")]
    private partial void Accepted(Kept outcome, string messageId, string topic);

    [LoggerMessage(Level = LogLevel.Warning, Message = "/sns: refused{MessageId} ({Status}): {Reason}")]
    private partial void Refused(string messageId, int status, string reason);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "/sns: not taken{MessageId}, SNS was told to try again (503): {Reason}"
    )]
    private partial void NotTaken(string messageId, string reason);

    [LoggerMessage(Level = LogLevel.Information, Message = "/sns: subscription to {Topic} confirmed")]
    private partial void Confirmed(string topic);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "/sns: {Topic} no longer posts here, its subscription was ended"
    )]
    private partial void Unsubscribed(string topic);
}
