using System.Globalization;

namespace AlertHub.Templates.Times;

/// <summary>
/// What stands for a zone in a time: three to five letters, <c>GMT+3</c>, or what places without letters have, <c>+03</c>.
/// </summary>
internal static class ZoneAbbreviation
{
    /// <summary>How long the abbreviation is that <paramref name="text"/> begins with; 0 for none.</summary>
    public static int Length(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("UTC"))
        {
            return 3;
        }

        if (text.StartsWith("ChST") || text.StartsWith("MeST"))
        {
            return 4;
        }

        if (text.StartsWith("GMT"))
        {
            return 3 + SignedHours(text[3..]);
        }

        if (text is ['+' or '-', ..])
        {
            return SignedHours(text);
        }

        var letters = text.IndexOfAnyExceptInRange('A', 'Z') is >= 0 and var end ? end : text.Length;
        return letters switch
        {
            5 when text[4] == 'T' => 5,
            4 when text[3] == 'T' || text.StartsWith("WITA") => 4,
            3 => 3,
            _ => 0,
        };
    }

    /// <summary>The offset that an abbreviation tells by itself: letters alone tell none.</summary>
    public static int Offset(string abbreviation) =>
        abbreviation.StartsWith("GMT", StringComparison.Ordinal) && abbreviation.Length > 3
            ? 3600 * int.Parse(abbreviation.AsSpan(3), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
            : 0;

    private static int SignedHours(ReadOnlySpan<char> text)
    {
        if (text is not ['+' or '-', ..])
        {
            return 0;
        }

        var digits = text[1..];
        digits = digits.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? digits[..end] : digits;
        return
            digits.Length is >= 1 and <= 9 && int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) <= 23
            ? digits.Length + 1
            : 0;
    }
}
