using System.Globalization;

namespace AlertHub.Sources;

/// <summary>Times as producers write them: RFC 3339, CloudWatch's <c>+0000</c> without a colon, Go's year 1 for "none", HTTP's.</summary>
internal static class Timestamp
{
    /// <summary>As AWS Health, Inspector and Elastic Beanstalk write.</summary>
    private static readonly string[] Written = ["r", "MMM d, yyyy, h:mm:ss tt", "ddd MMM dd HH:mm:ss 'UTC' yyyy"];

    /// <summary>Null where the text does not begin with day and time: the platform would add what is missing from its clock.</summary>
    public static DateTimeOffset? Parse(string? text) =>
        text.AsSpan() is [_, _, _, _, '-', _, _, '-', _, _, 'T' or 't' or ' ', _, _, ':', _, _, ':', _, _, ..]
        && DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        )
        && time.Year > 1
            ? time
        : DateTimeOffset.TryParseExact(
            text,
            Written,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var written
        )
            ? written
        : null;

    /// <summary>Of Unix time, written out; null where the text is no such number.</summary>
    public static DateTimeOffset? OfMilliseconds(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
        && milliseconds < DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : null;
}
