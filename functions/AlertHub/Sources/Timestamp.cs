using System.Globalization;

namespace AlertHub.Sources;

/// <summary>Times as producers write them: RFC 3339, CloudWatch's <c>+0000</c> without a colon, Go's year 1 for "none".</summary>
internal static class Timestamp
{
    public static DateTimeOffset? Parse(string? text) =>
        DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
        && time.Year > 1
            ? time
            : null;
}
