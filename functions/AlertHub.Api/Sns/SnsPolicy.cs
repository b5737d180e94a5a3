using System.Globalization;

namespace AlertHub.Api.Sns;

/// <summary>What is taken from SNS.</summary>
public sealed record SnsPolicy
{
    /// <summary>
    /// SNS tries a message over HTTPS for an hour at most
    /// (https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html), always with its first timestamp.
    /// </summary>
    public static readonly TimeSpan LongestAge = TimeSpan.FromHours(1);

    /// <summary>How far two clocks may differ, on either side.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    /// <summary>Topics to take from: an ARN, or one whose topic name ends in <c>*</c>. Empty: none.</summary>
    public required IReadOnlyList<string> Topics { get; init; }

    /// <summary>Take only messages signed with SHA-256 (the topic's attribute SignatureVersion is 2).</summary>
    public bool RequireVersion2 { get; init; }

    /// <summary>
    /// Whether a pattern names a topic, or topics of one account: with the account left open, any AWS customer's topic
    /// would match.
    /// </summary>
    public static bool IsPattern(string pattern) =>
        pattern.Split(':') is ["arn", _, "sns", { Length: > 0 } region, { Length: > 0 } account, { Length: > 0 } name]
        && !region.Contains('*', StringComparison.Ordinal)
        && !account.Contains('*', StringComparison.Ordinal)
        && !name.AsSpan(0, name.Length - 1).Contains('*');

    /// <summary>Why the message is not taken, or null. Needs no certificate, so it is asked before one is fetched.</summary>
    internal SnsObjection? Objection(SnsMessage message, DateTimeOffset now)
    {
        // The signed text separates its fields by line breaks only. With one inside a field other than the first, a
        // signed text could be cut into other fields than those that were signed.
        string?[] oneLine =
        [
            message.Type,
            message.MessageId,
            message.TopicArn,
            message.Timestamp,
            message.Subject,
            message.SubscribeUrl,
            message.Token,
        ];
        if (oneLine.Any(field => field?.Contains('\n', StringComparison.Ordinal) == true))
        {
            return new SnsObjection.Refusal("a field holds a line break");
        }

        if (
            message.Type
            is not (
                SnsMessage.Notification
                or SnsMessage.SubscriptionConfirmation
                or SnsMessage.UnsubscribeConfirmation
            )
        )
        {
            return new SnsObjection.Refusal($"Type {Exchange.Quote(message.Type)} is not known");
        }

        if (!Topics.Any(pattern => Matches(pattern, message.TopicArn)))
        {
            return new SnsObjection.Refusal(
                $"topic {Exchange.Quote(message.TopicArn)} is not on the list (--sns.topic)"
            );
        }

        if (message.SignatureVersion is not ("1" or "2"))
        {
            return new SnsObjection.Refusal(
                $"SignatureVersion {Exchange.Quote(message.SignatureVersion)} is not known"
            );
        }

        if (RequireVersion2 && message.SignatureVersion != "2")
        {
            return new SnsObjection.Refusal(
                "SignatureVersion 1 (SHA-1) is switched off; set the topic's attribute SignatureVersion to 2"
            );
        }

        if (
            !DateTimeOffset.TryParse(
                message.Timestamp,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var sent
            )
        )
        {
            return new SnsObjection.Refusal($"Timestamp {Exchange.Quote(message.Timestamp)} is no time");
        }

        if (now - sent > LongestAge + ClockTolerance)
        {
            return new SnsObjection.Refusal(
                $"Timestamp {Exchange.Quote(message.Timestamp)} is not of the last hour; if it is, set this machine's clock"
            );
        }

        // SNS does not write from the future: where the rest of the message is good, this clock is behind.
        return sent - now > ClockTolerance
            ? new SnsObjection.Trouble(
                $"Timestamp {Exchange.Quote(message.Timestamp)} is still to come; set this machine's clock"
            )
            : null;
    }

    private static bool Matches(string pattern, string topic) =>
        pattern.EndsWith('*')
            ? topic.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
            : topic == pattern;
}
