using AlertHub.Alerts;
using AlertHub.Notifying;

namespace AlertHub.Tests.Support;

/// <summary>What a destination does with a message.</summary>
internal enum Answer
{
    Takes,
    IsDown,
    AsksToWait,
    Refuses,

    /// <summary>It has the message, but the answer gets lost.</summary>
    TakesUnheard,

    /// <summary>The connection breaks before it has the message, and nobody can tell.</summary>
    LosesIt,

    /// <summary>It has the message and does not answer until it is asked to.</summary>
    TakesAndHangs,

    /// <summary>It does not answer until it is asked to, and never gets the message.</summary>
    Hangs,

    /// <summary>It has what there is to believe, and is to be given the rest later.</summary>
    TakesPart,
}

/// <summary>
/// A destination that answers as it is told, and somebody who reads there and believes what arrived. It notices two
/// messages of one group under way at once.
/// </summary>
internal sealed class ReaderChannel(TimeProvider time) : IChannel
{
    /// <summary>A message under way.</summary>
    internal sealed record Hanging(
        string GroupKey,
        DateTimeOffset Since,
        bool HasArrived,
        string Receipt,
        TaskCompletionSource<DeliveryResult> Answer
    );

    private readonly Dictionary<ulong, Alert> heard = [];
    private readonly Dictionary<string, Notification> shown = [];

    public string Name => "reader";

    public Answer Answer { get; set; } = Answer.Takes;

    /// <summary>Every message that arrived, and when.</summary>
    public List<(DateTimeOffset At, Notification Notification)> Arrived { get; } = [];

    public List<Hanging> UnderWay { get; } = [];

    public int Sent { get; private set; }

    /// <summary>The newest word on this alert: of its latest fire, the last to arrive.</summary>
    public Alert? Heard(ulong fingerprint) => heard.GetValueOrDefault(fingerprint);

    /// <summary>What stands there of a group; null where that is nothing.</summary>
    public Notification? Shown(string groupKey) => shown.GetValueOrDefault(groupKey);

    public IEnumerable<ulong> Believed =>
        heard.Where(static each => each.Value.EndsAt is null).Select(static each => each.Key);

    public Task<DeliveryResult> SendAsync(Notification notification, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        Assert.DoesNotContain(
            UnderWay,
            other => other.GroupKey == notification.GroupKey && other.Since + Hub.LeaseLength > now
        );
        // Of another group, it would be another message.
        Assert.StartsWith(
            notification.GroupKey,
            notification.Former?.Receipt ?? notification.GroupKey,
            StringComparison.Ordinal
        );
        Sent++;
        if (Answer is Answer.Takes or Answer.TakesUnheard or Answer.TakesAndHangs or Answer.TakesPart)
        {
            shown[notification.GroupKey] = notification;
        }

        if (notification.Reason == NotificationReason.Shown)
        {
            Assert.NotNull(notification.Former?.Receipt);
        }
        else if (Answer is Answer.Takes or Answer.TakesUnheard or Answer.TakesAndHangs or Answer.TakesPart)
        {
            Arrived.Add((now, notification));
            foreach (var alert in notification.Alerts)
            {
                if (!heard.TryGetValue(alert.Labels.Fingerprint, out var known) || known.StartsAt <= alert.StartsAt)
                {
                    heard[alert.Labels.Fingerprint] = alert;
                }
            }
        }

        if (Answer is Answer.TakesAndHangs or Answer.Hangs)
        {
            // Continuations run where it is answered: all happens in one thread.
            var answer = new TaskCompletionSource<DeliveryResult>();
            UnderWay.Add(new(notification.GroupKey, now, Answer == Answer.TakesAndHangs, Receipt(), answer));
            return answer.Task;
        }

        return Task.FromResult<DeliveryResult>(
            Answer switch
            {
                Answer.Takes => new DeliveryResult.Delivered { Receipt = Receipt() },
                Answer.TakesPart => new DeliveryResult.TryLater("the rest is missing") { Receipt = Receipt() },
                Answer.IsDown => new DeliveryResult.TryLater("it is down"),
                Answer.AsksToWait => new DeliveryResult.TryLater("too many", TimeSpan.FromSeconds(90)),
                Answer.Refuses => new DeliveryResult.Refused("404"),
                _ => new DeliveryResult.Ambiguous("no answer"),
            }
        );

        string Receipt() => $"{notification.GroupKey} {Sent}";
    }

    /// <summary>Every message under way comes to an end at last, and the answer to those that arrived is heard or is not.</summary>
    public void Release(bool isHeard)
    {
        // With xunit's one, what waits for the answer would go on in another thread.
        SynchronizationContext.SetSynchronizationContext(null);
        foreach (var hanging in UnderWay.ToArray())
        {
            UnderWay.Remove(hanging);
            hanging.Answer.SetResult(
                !isHeard ? new DeliveryResult.Ambiguous("no answer")
                : hanging.HasArrived ? new DeliveryResult.Delivered { Receipt = hanging.Receipt }
                : new DeliveryResult.TryLater("it is down")
            );
        }
    }
}
