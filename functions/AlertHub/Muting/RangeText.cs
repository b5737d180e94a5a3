using System.Globalization;

namespace AlertHub.Muting;

/// <summary><c>a</c> or <c>a:b</c>, both ends inclusive, in capitals or not: what all parts of an interval but the times are written as.</summary>
internal static class RangeText
{
    public delegate long? MemberParser(string text, out string? objection);

    public static (long First, long Last)? Parse(string text, MemberParser member, out string? objection)
    {
        var ends = text.ToLowerInvariant().Split(':');
        if (ends.Length > 2)
        {
            objection = $"\"{text}\" has more than one colon; write one value or a range such as \"1:5\"";
            return null;
        }

        return member(ends[0], out objection) is { } first && member(ends[^1], out objection) is { } last
            ? (first, last)
            : null;
    }

    /// <summary>Digits with an optional sign and nothing else, as Go's Atoi.</summary>
    public static long? Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    public static string Print(long first, long last) =>
        first == last ? Text(first) : string.Concat(Text(first), ":", Text(last));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
