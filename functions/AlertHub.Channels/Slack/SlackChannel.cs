using System.Net;
using System.Text.Json;
using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Configuration.Receivers;
using AlertHub.Notifying;
using AlertHub.Picturing;

namespace AlertHub.Channels.Slack;

/// <summary>
/// A Slack incoming webhook (https://api.slack.com/messaging/webhooks), or a bot, where its URL is that of chat.postMessage
/// (<see cref="SlackBot"/>). One message per second and webhook or channel; more is answered 429 with Retry-After.
/// </summary>
/// <param name="webhook">Where the webhook's URL stands: it is a secret.</param>
/// <param name="secrets">Reads it.</param>
/// <param name="http">Sends.</param>
public sealed class SlackChannel(SecretReference webhook, ISecretSource secrets, HttpDelivery http) : IChannel
{
    /// <summary>
    /// Until an address that Slack does not serve is tried again: somebody has to put another in its place, and while
    /// that stands in Parameter Store or a file, nothing else is needed.
    /// </summary>
    private static readonly TimeSpan AddressPause = TimeSpan.FromMinutes(1);

    public string Name => "slack";

    /// <summary>As whom and where a notification appears.</summary>
    public Func<Notification, SlackSender> Sender { get; init; } = static _ => SlackSender.Unnamed;

    /// <summary>How long one request may take.</summary>
    public TimeSpan Timeout { get; init; } = HttpDelivery.Timeout;

    /// <summary>What a notification says.</summary>
    internal Func<Notification, SlackContent> Content { get; init; } = SlackMessage.Content;

    /// <summary>What becomes of a bot's message.</summary>
    internal SlackChanges Changes { get; init; } = SlackChanges.Living;

    internal TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What pictures come from; null where there are none.</summary>
    private Pictures? Pictures { get; init; }

    /// <summary>What is wrong with an address, as a sentence without it.</summary>
    private Func<Secret, string?> Objection { get; init; } = Problem;

    /// <summary>Of an integration: alertmanager.yml may name any server, as many speak Slack's dialect within a network.</summary>
    internal static SlackChannel Create(SlackConfig config, ChannelParts parts, HttpDelivery http) =>
        new(Address(config), parts.Secrets, http)
        {
            Sender = notification => SlackSender.Of(config, parts.Templates, notification),
            Content = SlackAttachment.IsAskedFor(config)
                ? notification => SlackAttachment.Content(config, parts.Templates, notification)
                : SlackMessage.Content,
            Changes = config.UpdateMessage switch
            {
                true => SlackChanges.InPlace,
                null when !SlackAttachment.IsAskedFor(config) => SlackChanges.Living,
                _ => SlackChanges.None,
            },
            Pictures = SlackAttachment.IsAskedFor(config) ? null : parts.Pictures,
            Time = parts.Time,
            Timeout = config.Timeout > TimeSpan.Zero ? config.Timeout : HttpDelivery.Timeout,
            Objection = static address =>
                Uri.TryCreate(address.Reveal(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
                    ? null
                    : "Slack's api_url is not a URL of http:// or https://",
        };

    /// <summary>A picture of what begins, in the thread of the bot's message.</summary>
    public async Task<string?> FollowAsync(
        Notification notification,
        string receipt,
        CancellationToken cancellationToken
    )
    {
        if (
            Pictures is null
            || notification is not { Reason: NotificationReason.FirstNotification, Status: AlertStatus.Firing }
            || SlackReceipt.Parse(receipt) is not { } message
            || await Pictures.OfAsync(notification, cancellationToken).ConfigureAwait(false) is not { } picture
        )
        {
            return null;
        }

        var url = await secrets.GetAsync(webhook, refresh: false, cancellationToken).ConfigureAwait(false);
        return Objection(url) is null && new Uri(url.Reveal()) is var api && SlackBot.Serves(api)
            ? await new SlackFiles(http, Timeout)
                .ShowAsync(api, picture, message, cancellationToken)
                .ConfigureAwait(false)
            : null;
    }

    private static SecretReference Address(SlackConfig config) =>
        config.ApiUrlFile.Length > 0
            ? new SecretReference.FromFile(config.ApiUrlFile)
            : config.ApiUrl ?? new SecretReference.Literal(new(config.AppUrl ?? ""));

    public async Task<DeliveryResult> SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var draft = new SlackDraft(notification, Sender(notification), Content(notification));
        try
        {
            var url = await secrets.GetAsync(webhook, refresh: false, cancellationToken).ConfigureAwait(false);
            if (Objection(url) is null && new Uri(url.Reveal()) is var address && SlackBot.Serves(address))
            {
                return await new SlackBot(http, Time, Timeout)
                    .SendAsync(address, draft, Changes, cancellationToken)
                    .ConfigureAwait(false);
            }

            if (notification.Reason == NotificationReason.Shown)
            {
                // What a webhook posted stays as it is.
                return new DeliveryResult.Delivered();
            }

            var envelope = new SlackEnvelope.New(draft.Sender);
            var body = envelope.Around(draft.Content.Full);
            var outcome = await PostAsync(url, body, cancellationToken).ConfigureAwait(false);

            // The webhook was taken back or replaced: what we hold may be old.
            if (outcome is HttpOutcome.Answered { Status: HttpStatusCode.Forbidden or HttpStatusCode.NotFound })
            {
                var newer = await secrets.GetAsync(webhook, refresh: true, cancellationToken).ConfigureAwait(false);
                if (!newer.Equals(url))
                {
                    url = newer;
                    outcome = await PostAsync(url, body, cancellationToken).ConfigureAwait(false);
                }
            }

            if (
                outcome is HttpOutcome.Answered { Status: HttpStatusCode.BadRequest or HttpStatusCode.OK } refusal
                && IsAboutContent(refusal.Text)
            )
            {
                outcome = await PostAsync(url, envelope.Around(draft.Content.Plain), cancellationToken)
                    .ConfigureAwait(false);
            }

            return Result(outcome, url);
        }
        catch (SecretUnavailableException e)
        {
            return new DeliveryResult.TryLater(e.Message);
        }
    }

    /// <summary>
    /// What is wrong with a webhook's URL, as a sentence without the URL; null where nothing is. Plain http would show
    /// the alert and the webhook's secret to the network, so it is for this machine only.
    /// </summary>
    public static string? Problem(Secret webhook) =>
        !Uri.TryCreate(webhook.Reveal(), UriKind.Absolute, out var url) || url.Host.Length == 0
            ? "the Slack webhook is not a URL; it looks like https://hooks.slack.com/services/T.../B.../..."
        : url.AbsolutePath == "/" || webhook.Reveal().Contains("...", StringComparison.Ordinal)
            ? "the Slack webhook is not complete; copy all of it from the app's page Incoming Webhooks"
        : url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback) ? null
        : $"the Slack webhook must begin with https:// (http:// is for this machine only), not '{url.Scheme}://{url.Host}'";

    private Task<HttpOutcome> PostAsync(Secret webhook, byte[] body, CancellationToken cancellationToken) =>
        Objection(webhook) is { } problem
            ? Task.FromResult<HttpOutcome>(new HttpOutcome.Failed(new DeliveryResult.TryLater(problem, AddressPause)))
            : http.PostAsync(new Uri(webhook.Reveal()), body, "application/json", Timeout, cancellationToken);

    private static bool IsAboutContent(string error) =>
        Error(error)
            is "invalid_blocks"
                or "invalid_blocks_format"
                or "invalid_attachments"
                or "invalid_payload"
                or "msg_blocks_too_long"
                or "no_text"
                or "too_many_attachments";

    private static DeliveryResult Result(HttpOutcome outcome, Secret webhook) =>
        outcome switch
        {
            HttpOutcome.Failed failed => failed.Result,
            HttpOutcome.Answered { Status: HttpStatusCode.OK, IsWhole: false } half when !IsOk(half) =>
                new DeliveryResult.Ambiguous("Slack's answer broke off"),
            HttpOutcome.Answered { Status: HttpStatusCode.OK } ok => IsOk(ok)
                ? new DeliveryResult.Delivered()
                : new DeliveryResult.TryLater(
                    $"a Slack webhook answers 'ok', this address answered {Describe(ok, webhook)}; check that the webhook's URL is complete",
                    AddressPause
                )
                {
                    // As Alertmanager counts an error that Slack answers with 200.
                    Failure = FailureReason.ClientError,
                },
            HttpOutcome.Answered other when IsAboutAddress(other.Status) => new DeliveryResult.TryLater(
                Reason(other, webhook),
                AddressPause
            )
            {
                Failure = other.Failure,
            },
            HttpOutcome.Answered other => other.ToResult(Reason(other, webhook)),
            _ => throw new InvalidOperationException($"an outcome of no known kind: {outcome.GetType().Name}"),
        };

    /// <summary>The webhook, not the message, is what has to change.</summary>
    private static bool IsAboutAddress(HttpStatusCode status) =>
        status
            is HttpStatusCode.Unauthorized
                or HttpStatusCode.Forbidden
                or HttpStatusCode.NotFound
                or HttpStatusCode.MethodNotAllowed
                or HttpStatusCode.Gone
                or (>= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest);

    /// <summary>Slack says ok; services that speak its dialect say it in JSON. Anything else was no Slack.</summary>
    private static bool IsOk(HttpOutcome.Answered answer)
    {
        if (answer.Text.Trim() is "ok")
        {
            return true;
        }

        return IsTrue("ok") || IsTrue("success");

        bool IsTrue(string name) => Member(answer.Text, name) is { ValueKind: JsonValueKind.True };
    }

    /// <summary>Null where the text is no JSON object or has no such member.</summary>
    private static JsonElement? Member(string text, string name)
    {
        if (text.AsSpan().TrimStart() is not ['{', ..])
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.TryGetProperty(name, out var member) ? member.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Reason(HttpOutcome.Answered answer, Secret webhook) =>
        $"Slack answered {(int)answer.Status} {Describe(answer, webhook)}{Remedy(answer)}";

    private static string Remedy(HttpOutcome.Answered answer) =>
        (answer.Status, Error(answer.Text)) switch
        {
            (_, "channel_is_archived") => ": unarchive the channel or make a webhook for another",
            (_, "channel_not_found") => ": the channel is gone; make a webhook for another",
            (_, "action_prohibited" or "posting_to_general_channel_denied") =>
                ": the workspace does not let this app post there",
            (HttpStatusCode.NotFound or HttpStatusCode.Forbidden or HttpStatusCode.Gone, _) =>
                ": the webhook does not exist any more; make a new one and give its URL in place of this one",
            (>= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest, _) =>
                ": a redirect is not followed; check the webhook's URL",
            _ => "",
        };

    /// <summary>
    /// The error code: older ones stand alone in the text, newer ones are followed by an explanation, those of
    /// chat.postMessage are a member.
    /// </summary>
    private static string Error(string text)
    {
        if (Member(text, "error") is { ValueKind: JsonValueKind.String } error)
        {
            return error.GetString() ?? "";
        }

        var end = text.AsSpan().IndexOfAny(":\r\n ");
        return end < 0 ? text : text[..end];
    }

    /// <summary>Slack's error code; of any other answer only what it is, since a page may repeat the address it was asked for.</summary>
    private static string Describe(HttpOutcome.Answered answer, Secret webhook)
    {
        var code = Error(answer.Text);
        return
            code.Length is >= 2 and <= 40
            && code.All(static c => char.IsAsciiLetterLower(c) || c == '_')
            && !webhook.Reveal().Contains(code, StringComparison.OrdinalIgnoreCase)
            ? $"'{code}'"
            : $"with {answer.MediaType ?? "no media type"}, {answer.Text.Length} characters";
    }
}
