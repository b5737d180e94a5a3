using System.Net;
using AlertHub.Notifying;

namespace AlertHub.Channels;

/// <summary>An answer, or the result of having none.</summary>
public abstract record HttpOutcome
{
    private HttpOutcome() { }

    /// <param name="Status">The status code.</param>
    /// <param name="MediaType">The answer's media type; null where it names none.</param>
    /// <param name="Text">The answer's first 8 KiB. It may repeat a secret of the request.</param>
    /// <param name="RetryAfter">How long the destination asks to be left alone, at most <see cref="Retry.LongestWait"/>.</param>
    public sealed record Answered(HttpStatusCode Status, string? MediaType, string Text, TimeSpan? RetryAfter)
        : HttpOutcome
    {
        /// <summary>
        /// The answer for people, on one line: its beginning in quotes, or only what it is where that is a page or repeats
        /// a secret of the request.
        /// </summary>
        public required string Shown { get; init; }

        /// <summary>False where the connection broke or time was up before <see cref="Text"/> had come to its end.</summary>
        public bool IsWhole { get; init; } = true;

        /// <summary>Where a redirect leads; null where it says nothing.</summary>
        internal Uri? Location { get; init; }

        /// <summary>What this status is counted as: GetFailureReasonFromStatusCode in Alertmanager's notify/util.go.</summary>
        public FailureReason Failure =>
            (int)Status switch
            {
                401 or 403 => FailureReason.AuthError,
                429 => FailureReason.RateLimited,
                >= 400 and < 500 => FailureReason.ClientError,
                >= 500 and < 600 => FailureReason.ServerError,
                _ => FailureReason.Other,
            };

        /// <summary>What a status code means where the destination does not say more.</summary>
        public DeliveryResult ToResult(string reason) =>
            (int)Status switch
            {
                >= 200 and < 300 => new DeliveryResult.Delivered(),
                408 or 425 or 429 or >= 500 => new DeliveryResult.TryLater(reason, RetryAfter) { Failure = Failure },
                _ => new DeliveryResult.Refused(reason) { Failure = Failure },
            };
    }

    public sealed record Failed(DeliveryResult Result) : HttpOutcome;
}
