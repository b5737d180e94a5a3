using System.Globalization;
using System.Text;

namespace AlertHub.Templates.Alertmanager;

/// <summary>
/// Words with a large first letter and small others, as golang.org/x/text/cases has it for English: a point, colon or
/// apostrophe inside a word does not end it, an underscore or digit neither.
/// </summary>
internal static class TitleCase
{
    public static string Of(string text)
    {
        var title = new StringBuilder(text.Length);
        var inWord = false;
        Rune? before = null;
        var runes = text.EnumerateRunes().ToArray();
        for (var i = 0; i < runes.Length; i++)
        {
            var rune = runes[i];
            if (Rune.ToUpperInvariant(rune) != Rune.ToLowerInvariant(rune) || rune.Value == 'ß')
            {
                title.Append(inWord ? Lower(rune) : Upper(rune));
                inWord = true;
            }
            else
            {
                title.Append(rune.ToString());
                inWord &=
                    Continues(rune) || (IsMiddle(rune) && Around(before, i + 1 < runes.Length ? runes[i + 1] : null));
            }

            before = rune;
        }

        return title.ToString();
    }

    private static bool Around(Rune? before, Rune? after) =>
        before is { } left && after is { } right && Continues(left) && Continues(right);

    private static string Upper(Rune rune) => rune.Value == 'ß' ? "Ss" : Rune.ToUpperInvariant(rune).ToString();

    private static string Lower(Rune rune) => rune.Value == 'İ' ? "i\u0307" : Rune.ToLowerInvariant(rune).ToString();

    /// <summary>What stands between two letters without parting them (Unicode's MidLetter and MidNumLet).</summary>
    private static bool IsMiddle(Rune rune) =>
        rune.Value is '\'' or '.' or ':' or 0xB7 or 0x387 or 0x55F or 0x5F4 or 0x2018 or 0x2019 or 0x2024 or 0x2027;

    private static bool Continues(Rune rune) =>
        Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.OtherLetter => !IsIdeograph(rune.Value),
            UnicodeCategory.UppercaseLetter
            or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter
            or UnicodeCategory.NonSpacingMark
            or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark
            or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.LetterNumber
            or UnicodeCategory.ConnectorPunctuation
            or UnicodeCategory.Format => true,
            _ => false,
        };

    /// <summary>Each of them is a word.</summary>
    private static bool IsIdeograph(int code) =>
        code
            is >= 0x3040
                and <= 0x309F
                or >= 0x3400
                and <= 0x9FFF
                or >= 0xF900
                and <= 0xFAFF
                or >= 0x20000
                and <= 0x3FFFF;
}
