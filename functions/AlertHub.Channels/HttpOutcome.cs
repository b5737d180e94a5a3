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

        /// <summary>What a status code means where the destination does not say more.</summary>
        public DeliveryResult ToResult(string reason) =>
            (int)Status switch
            {
                >= 200 and < 300 => new DeliveryResult.Delivered(),
                408 or 425 or 429 or >= 500 => new DeliveryResult.TryLater(reason, RetryAfter),
                _ => new DeliveryResult.Refused(reason),
            };
    }

    public sealed record Failed(DeliveryResult Result) : HttpOutcome;
}
