using System.Globalization;

namespace AlertHub.Text.RegularExpressions;

/// <summary>
/// The sets that <c>\p{...}</c> and <c>[[:...:]]</c> name. Categories are those of this runtime's Unicode, which knows a few
/// characters more than Go's.
/// </summary>
internal static class UnicodeSets
{
    /// <summary>In the order of <see cref="UnicodeCategory"/>.</summary>
    private static readonly string[] Categories =
    [
        .. "lu ll lt lm lo mn mc me nd nl no zs zl zp cc cf cs co pc pd ps pe pi pf po sm sc sk so cn".Split(' '),
    ];

    /// <summary>The long names that Unicode gives its categories (PropertyValueAliases.txt).</summary>
    private static readonly Dictionary<string, string> Aliases = (
        "other=c control=cc cntrl=cc format=cf unassigned=cn privateuse=co surrogate=cs letter=l casedletter=lc "
        + "lowercaseletter=ll modifierletter=lm otherletter=lo titlecaseletter=lt uppercaseletter=lu mark=m combiningmark=m "
        + "spacingmark=mc enclosingmark=me nonspacingmark=mn number=n decimalnumber=nd digit=nd letternumber=nl "
        + "othernumber=no punctuation=p punct=p connectorpunctuation=pc dashpunctuation=pd closepunctuation=pe "
        + "finalpunctuation=pf initialpunctuation=pi otherpunctuation=po openpunctuation=ps symbol=s currencysymbol=sc "
        + "modifiersymbol=sk mathsymbol=sm othersymbol=so separator=z lineseparator=zl paragraphseparator=zp "
        + "spaceseparator=zs"
    )
        .Split(' ')
        .ToDictionary(p => p[..p.IndexOf('=')], p => p[(p.IndexOf('=') + 1)..], StringComparer.Ordinal);

    private static readonly Lazy<Dictionary<string, string>> ScriptNames = new(() =>
        Scripts.Ranges.Keys.ToDictionary(Plain, name => name, StringComparer.Ordinal)
    );

    private static readonly Lazy<RuneSet[]> ByCategory = new(Scan);

    private static readonly Dictionary<string, RuneSet> Posix = new(StringComparer.Ordinal)
    {
        ["alnum"] = RuneSet.Of(('0', '9'), ('A', 'Z'), ('a', 'z')),
        ["alpha"] = RuneSet.Of(('A', 'Z'), ('a', 'z')),
        ["ascii"] = RuneSet.Of((0, 0x7F)),
        ["blank"] = RuneSet.Of(('\t', '\t'), (' ', ' ')),
        ["cntrl"] = RuneSet.Of((0, 0x1F), (0x7F, 0x7F)),
        ["digit"] = RuneSet.Digit,
        ["graph"] = RuneSet.Of(('!', '~')),
        ["lower"] = RuneSet.Of(('a', 'z')),
        ["print"] = RuneSet.Of((' ', '~')),
        ["punct"] = RuneSet.Of(('!', '/'), (':', '@'), ('[', '`'), ('{', '~')),
        ["space"] = RuneSet.Of(('\t', '\r'), (' ', ' ')),
        ["upper"] = RuneSet.Of(('A', 'Z')),
        ["word"] = RuneSet.Word,
        ["xdigit"] = RuneSet.Of(('0', '9'), ('A', 'F'), ('a', 'f')),
    };

    /// <summary>What stands between <c>[:</c> and <c>:]</c>.</summary>
    public static RuneSet? PosixClass(string name) => Posix.GetValueOrDefault(name);

    /// <summary>
    /// A category (<c>L</c>, <c>Lu</c>, <c>Letter</c>), a script (<c>Greek</c>), or <c>Any</c>, <c>ASCII</c>,
    /// <c>Assigned</c>; since Go 1.25 in any case, and with spaces, hyphens and underscores that do not count.
    /// </summary>
    public static RuneSet? Named(string name)
    {
        var plain = Plain(name);
        var category = Aliases.GetValueOrDefault(plain, plain);
        return category switch
        {
            "any" => RuneSet.All,
            "ascii" => RuneSet.Of((0, 0x7F)),
            "assigned" => Union("cn").Negate(),
            "lc" => Union("lu", "ll", "lt"),
            "c" => Union("cc", "cf", "cs", "co"),
            [_] when Array.FindAll(Categories, c => c[0] == category[0]) is { Length: > 0 } all => Union(all),
            _ when Array.IndexOf(Categories, category) >= 0 => Union(category),
            _ => ScriptNames.Value.TryGetValue(plain, out var script)
                ? RuneSet.Of(Scripts.Ranges[script].Split(' ').Select(Range))
                : null,
        };
    }

    private static string Plain(string name) =>
        string.Concat(name.Where(static c => c is not (' ' or '-' or '_'))).ToLowerInvariant();

    private static RuneSet Union(params ReadOnlySpan<string> categories)
    {
        var ranges = new List<(int, int)>();
        foreach (var category in categories)
        {
            ranges.AddRange(ByCategory.Value[Array.IndexOf(Categories, category)].Ranges);
        }

        return RuneSet.Of(ranges);
    }

    private static RuneSet[] Scan()
    {
        var ranges = Categories.Select(_ => new List<(int, int)>()).ToArray();
        var start = 0;
        for (var rune = 1; rune <= RuneSet.LastRune + 1; rune++)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(start);
            if (rune > RuneSet.LastRune || CharUnicodeInfo.GetUnicodeCategory(rune) != category)
            {
                ranges[(int)category].Add((start, rune - 1));
                start = rune;
            }
        }

        return [.. ranges.Select(r => RuneSet.Of(r))];
    }

    private static (int, int) Range(string text)
    {
        var ends = text.Split('-');
        return (Hexadecimal(ends[0]), Hexadecimal(ends[^1]));

        static int Hexadecimal(string digits) =>
            int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
