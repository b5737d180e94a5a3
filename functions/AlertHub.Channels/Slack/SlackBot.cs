using System.Security.Cryptography;
using AlertHub.Notifying;

namespace AlertHub.Channels.Slack;

/// <summary>What becomes of a bot's message when there is more to say about its group.</summary>
internal enum SlackChanges
{
    /// <summary>It shows how the group stands, and what changed is said in its thread.</summary>
    Living,

    /// <summary>It shows how the group stands, and nobody is told (Alertmanager's <c>update_message: true</c>).</summary>
    InPlace,

    /// <summary>It stays as it is; there is a new one.</summary>
    None,
}

/// <summary>
/// A bot's messages by the Web API. A change notifies nobody, so what is to be noticed is a reply or a new message: where the
/// old one cannot be changed or replied to, for whatever reason, there is a new one. What was changed already is not
/// changed again when only the reply has to be tried once more.
/// </summary>
internal sealed class SlackBot(HttpDelivery http, TimeProvider time, TimeSpan timeout)
{
    /// <summary>All requests of one attempt: no more than one request of another channel may take.</summary>
    private static readonly TimeSpan LongestAttempt = HttpDelivery.LongestTimeout;

    private const string PostMessage = "/chat.postMessage";

    /// <summary>Whether that is the Web API; else it is a webhook, or something like one.</summary>
    public static bool Serves(Uri url) => url.AbsolutePath.EndsWith(PostMessage, StringComparison.Ordinal);

    /// <summary>The address of another method: they stand beside one another.</summary>
    public static Uri Method(Uri api, string method) => new(api, method);

    public async Task<DeliveryResult> SendAsync(
        Uri url,
        SlackDraft draft,
        SlackChanges changes,
        CancellationToken cancellationToken
    )
    {
        var attempt = new Attempt(url, time.GetTimestamp(), cancellationToken);
        if (draft.Notification.Reason == NotificationReason.Shown)
        {
            return await ShowAsync(attempt, draft, changes).ConfigureAwait(false);
        }

        if (draft.Notification.Alerts.All(static alert => alert.IsMessage))
        {
            // What only happened stays as it was said, and what else the group has keeps its message.
            var said = await PostAsync(attempt, draft, SlackChanges.None).ConfigureAwait(false);
            return said is DeliveryResult.Delivered ? said with { Receipt = draft.Notification.Former?.Receipt } : said;
        }

        var former = changes == SlackChanges.None ? null : Changeable(draft);
        return former is null
            ? await PostAsync(attempt, draft, changes).ConfigureAwait(false)
            : await ChangeAsync(attempt, draft, former, changes).ConfigureAwait(false);
    }

    /// <summary>The message of the same story. A group that had ended and fires again begins another.</summary>
    private static SlackReceipt? Changeable(SlackDraft draft) =>
        draft.Notification.Reason != NotificationReason.FirstNotification
        && SlackReceipt.Parse(draft.Notification.Former?.Receipt) is { } receipt
        && receipt.To == draft.Sender.Channel
            ? receipt
            : null;

    private async Task<DeliveryResult> PostAsync(Attempt attempt, SlackDraft draft, SlackChanges changes)
    {
        var answer = await CallAsync(attempt, new SlackEnvelope.New(draft.Sender), draft.Content).ConfigureAwait(false);
        return
            changes != SlackChanges.None && answer is { Result: DeliveryResult.Delivered, Message: var (channel, ts) }
            ? answer.Result with
            {
                Receipt = Told(
                    new()
                    {
                        Channel = channel,
                        Ts = ts,
                        To = draft.Sender.Channel,
                        Since = draft.Notification.Alerts.Min(static alert => alert.StartsAt).ToUnixTimeSeconds(),
                    },
                    draft
                ),
            }
            : answer.Result;
    }

    private async Task<DeliveryResult> ChangeAsync(
        Attempt attempt,
        SlackDraft draft,
        SlackReceipt former,
        SlackChanges changes
    )
    {
        var change = new SlackEnvelope.Change(former.Channel, former.Ts);
        var hash = Hash(change.Around(draft.Content.Full));
        if (former.Done != hash)
        {
            var changed = await CallAsync(attempt, change, draft.Content).ConfigureAwait(false);
            switch (changed.Fault)
            {
                case SlackFault.None:
                    former = former with { Done = hash };
                    break;
                case SlackFault.Access or SlackFault.Later or SlackFault.TooMany:
                    // Nothing was done, and the message is where it was.
                    return changed.Result;
                case SlackFault.Unsure:
                    // It may be done twice without harm, and nobody was notified yet.
                    return new DeliveryResult.TryLater(Reason(changed.Result))
                    {
                        Failure = changed.Result.Failure,
                        Receipt = former.ToString(),
                    };
                default:
                    return await PostAsync(attempt, draft, changes).ConfigureAwait(false);
            }
        }

        return changes == SlackChanges.InPlace
            ? new DeliveryResult.Delivered { Receipt = Told(former, draft) }
            : await ReplyAsync(attempt, draft, former).ConfigureAwait(false);
    }

    /// <summary>A change, and nothing else: where there is no message to be changed any more, the next one says it.</summary>
    private async Task<DeliveryResult> ShowAsync(Attempt attempt, SlackDraft draft, SlackChanges changes)
    {
        var kept = new DeliveryResult.Delivered { Receipt = draft.Notification.Former?.Receipt };
        if (changes == SlackChanges.None || Changeable(draft) is not { } former)
        {
            return kept;
        }

        var shown = await CallAsync(attempt, new SlackEnvelope.Change(former.Channel, former.Ts), draft.Content)
            .ConfigureAwait(false);
        return shown.Fault switch
        {
            SlackFault.None => kept with { Receipt = (former with { Done = null }).ToString() },
            SlackFault.Message => kept,
            _ => shown.Result,
        };
    }

    private async Task<DeliveryResult> ReplyAsync(Attempt attempt, SlackDraft draft, SlackReceipt former)
    {
        var reply = await CallAsync(
                attempt,
                new SlackEnvelope.Reply(
                    draft.Sender with
                    {
                        Channel = former.Channel,
                    },
                    former.Ts,
                    SlackReply.IsForEverybody(draft.Notification, former)
                ),
                SlackReply.Content(draft.Notification, former)
            )
            .ConfigureAwait(false);
        return reply.Fault switch
        {
            SlackFault.None => new DeliveryResult.Delivered { Receipt = Told(former, draft) },
            SlackFault.Access or SlackFault.Later or SlackFault.TooMany or SlackFault.Unsure => reply.Result with
            {
                Receipt = former.ToString(),
            },
            _ => await PostAsync(attempt, draft, SlackChanges.Living).ConfigureAwait(false),
        };
    }

    /// <summary>The receipt of a message that says this now.</summary>
    private static string Told(SlackReceipt receipt, SlackDraft draft) =>
        (receipt with { Severity = SlackSeverity.Rank(draft.Notification), Done = null }).ToString();

    /// <summary>One request; a second one as plain text where Slack does not like the first.</summary>
    private async Task<SlackApiAnswer> CallAsync(Attempt attempt, SlackEnvelope envelope, SlackContent content)
    {
        var answer = await PostAsync(attempt, envelope.Method, envelope.Around(content.Full)).ConfigureAwait(false);
        return answer.Fault is SlackFault.Content or SlackFault.Unknown
            ? await PostAsync(attempt, envelope.Method, envelope.Around(content.Plain)).ConfigureAwait(false)
            : answer;
    }

    private async Task<SlackApiAnswer> PostAsync(Attempt attempt, string method, byte[] body)
    {
        var left = LongestAttempt - time.GetElapsedTime(attempt.Began);
        if (left <= TimeSpan.Zero)
        {
            return new()
            {
                Fault = SlackFault.Later,
                Result = new DeliveryResult.TryLater("Slack was too slow for all that there was to send")
                {
                    Failure = FailureReason.ContextDeadlineExceeded,
                },
            };
        }

        return SlackApiAnswer.Of(
            await http.PostAsync(
                    Method(attempt.Url, method),
                    body,
                    "application/json",
                    timeout < left ? timeout : left,
                    attempt.CancellationToken
                )
                .ConfigureAwait(false)
        );
    }

    private static string Hash(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 8));

    private static string Reason(DeliveryResult result) =>
        result is DeliveryResult.Ambiguous ambiguous ? ambiguous.Reason : "Slack did not say what it did";

    /// <param name="Url">Of chat.postMessage.</param>
    /// <param name="Began">When, as the clock's timestamp.</param>
    /// <param name="CancellationToken">Ends it.</param>
    private sealed record Attempt(Uri Url, long Began, CancellationToken CancellationToken);
}

/// <summary>A notification as Slack is to show it.</summary>
internal sealed record SlackDraft(Notification Notification, SlackSender Sender, SlackContent Content);
