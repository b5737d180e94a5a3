using System.Collections.Frozen;

namespace AlertHub.Picturing;

/// <summary>
/// Text on a picture, in letters of our own: no font can be counted on where a function runs. A letter is lines, drawn with
/// a round pen.
/// </summary>
internal static class Lettering
{
    /// <summary>
    /// A letter, its width, its lines. A line is points of two digits in base 36: from the left, and from the height of
    /// capitals down to the baseline (e) and below. <c>~</c> marks a point that only pulls the line towards it (the control
    /// point of a quadratic curve), <c>z</c> closes the line.
    /// </summary>
    private const string Drawn = """
        0 8 04~0040~80848a~8e4e~0e0az
        1 8 13505e
        2 8 04~0040~8084~87570e8e
        3 8 03~0040~8083~8747 2747~878a~8e4e~0e0b
        4 8 600a8a 666e
        5 8 701006~2545~8589~8e4e~0e0b
        6 8 72~7040~000609~0e4e~8e89~8545~0509
        7 8 00803e
        8 8 40~7073~7747~1713~10z 47~878a~8e4e~0e0a~07z
        9 8 1c~1e4e~8e8885~8040~0005~0949~8985
        A a 0e50ae 2989
        B 8 000e4e~8e8a~864606 0040~7073~7646
        C 9 93~8050~0007~0e5e~8e9b
        D 9 0040~9097~9e4e0ez
        E 7 70000e7e 0666
        F 7 70000e 0666
        G 9 93~8050~0007~0e5e~9e9a9858
        H 9 000e 909e 0696
        I 0 000e
        J 6 606a~6e3e~0e0b
        K 8 000e 8008 358e
        L 7 000e7e
        M a 0e005aa0ae
        N 9 0e009e90
        O a 50~0007~0e5e~aea7~a0z
        P 8 0e0040~8084~884808
        Q a 50~0007~0e5e~aea7~a0z 7baf
        R 8 0e0040~8084~884808 488e
        S 8 83~8040~0003~0747~878b~8e4e~0e0b
        T 8 0080 404e
        U 8 000a~0e4e~8e8a80
        V a 005ea0
        W e 003e72bee0
        X 9 009e 900e
        Y 8 004780 474e
        Z 8 00800e8e
        a 7 16~1444~74787e 7848~080b~0e3e~7e7a
        b 8 000e 44~8489~8e4e~0e09~04z
        c 7 76~6444~0409~0e4e~6e7c
        d 8 808e 44~8489~8e4e~0e09~04z
        e 8 0989~8444~0409~0e4e~7e8c
        f 5 50~20242e 0454
        g 8 44~8489~8e4e~0e09~04z 848e~8i4i~1i0h
        h 7 000e 08~0444~74787e
        i 0 040e 0000
        j 3 343f~3i0i 3030
        k 7 000e 740a 377e
        l 2 000b~0e2e
        m c 040e 08~0434~64686e 68~6494~c4c8ce
        n 7 040e 08~0444~74787e
        o 8 44~8489~8e4e~0e09~04z
        p 8 040i 44~8489~8e4e~0e09~04z
        q 8 848i 44~8489~8e4e~0e09~04z
        r 5 040e 08~0454
        s 7 76~7434~0406~0939~797b~7e3e~0e0c
        t 5 202b~2e5e 0454
        u 7 040a~0e3e~7e7a 747e
        v 8 044e84
        w c 043e659ec4
        x 7 047e 740e
        y 8 044e 843g~2i0i
        z 7 04740e7e
        . 0 0e0e
        , 1 1d1e0g
        : 0 0606 0e0e
        ; 1 1616 1d1e0g
        - 5 0858
        – 8 0888
        _ 8 0f8f
        / 6 600f
        \ 6 006f
        ( 3 30~0308~0d3g
        ) 3 00~3338~3d0g
        [ 3 30000g3g
        ] 3 00303g0g
        { 4 40~2023~2708~292d~2g4g
        } 4 00~2023~2748~292d~2g0g
        | 0 000g
        % c 30~6063~6636~0603~00z 98~c8cb~ce9e~6e6b~68z b01e
        + 8 444c 0888
        = 8 0686 0a8a
        < 7 73087d
        > 7 03780d
        ≤ 7 710579 0c7c
        ≥ 7 017509 0c7c
        ' 0 0003
        " 3 0003 3033
        ! 0 0009 0e0e
        ? 7 03~0040~7073~76474a 4e4e
        # 9 301e 808e 0595 0a9a
        * 6 3036 0165 0561
        @ c 97~6464~3447~3a6b~9b97 94~999b~cccb~c7c3~6060~0007~0e6e9e
        & 9 9e23~2050~8083~7515~0b~0e4e~8e98
        $ 8 83~8040~0003~0747~878b~8e4e~0e0b 4e4g
        ^ 6 043064
        ~ 8 09~1626~5a6a~8a86
        · 0 0808
        → c 08c8 84c88c
        µ 7 040i 0a~0e3e~7e7a 747e
        … 8 0e0e 4e4e 8e8e
        """;

    /// <summary>No picture is so wide.</summary>
    private const int MostCharacters = 400;

    private const int CapitalHeight = 14;
    private const double Between = 3.6;
    private const double WordSpace = 4;

    private static readonly FrozenDictionary<char, Letter> Letters = Drawn
        .Split('\n')
        .Select(static row => row.TrimEnd('\r').Split(' '))
        .ToFrozenDictionary(
            static row => row[0][0],
            static row => new Letter(Digit(row[1][0]), [.. row.Skip(2).Select(Line)])
        );

    /// <summary>How wide the text is, in pixels, where capitals are so high.</summary>
    public static double Width(string text, double height) =>
        text.Length == 0 ? 0 : (text.Sum(Advance) - Between) * height / CapitalHeight;

    /// <summary>As much of the text as fits, the rest as an ellipsis.</summary>
    public static string Fit(string text, double height, double width)
    {
        text = text.Length <= MostCharacters ? text : text[..MostCharacters];
        if (Width(text, height) <= width)
        {
            return text;
        }

        var length = text.Length - 1;
        while (length > 0 && Width(text[..length] + "…", height) > width)
        {
            length--;
        }

        return text[..length].TrimEnd() + "…";
    }

    /// <param name="canvas">What to write on.</param>
    /// <param name="text">A character that nobody drew is a question mark.</param>
    /// <param name="at">The left end of the baseline.</param>
    /// <param name="height">Of capitals, in pixels.</param>
    /// <param name="ink">Its colour.</param>
    /// <param name="weight">Thickness of the pen as a part of the height.</param>
    public static void Write(this Canvas canvas, string text, Spot at, double height, Ink ink, double weight = 0.13)
    {
        var (scale, x) = (height / CapitalHeight, at.X);
        foreach (var character in text)
        {
            var left = x;
            if (character != ' ')
            {
                canvas.Lines(
                    Of(character)
                        .Lines.Select(line =>
                            line.Select(p => new Spot(
                                    left + p.X * scale,
                                    at.Y + (p.Y - CapitalHeight) * scale - height * weight / 2
                                ))
                                .ToArray()
                        ),
                    height * weight,
                    ink
                );
            }

            x += Advance(character) * scale;
        }
    }

    private static double Advance(char character) => (character == ' ' ? WordSpace : Of(character).Width) + Between;

    private static Letter Of(char character) => Letters.TryGetValue(character, out var letter) ? letter : Letters['?'];

    private static Spot[] Line(string text)
    {
        var (spots, pull) = (new List<Spot>(), default(Spot?));
        for (var i = 0; i < text.Length; )
        {
            if (text[i] == 'z' && i == text.Length - 1)
            {
                Reach(spots, pull, spots[0]);
                break;
            }

            var pulls = text[i] == '~';
            i += pulls ? 1 : 0;
            var spot = new Spot(Digit(text[i]), Digit(text[i + 1]));
            i += 2;
            if (pulls)
            {
                pull = spot;
                continue;
            }

            Reach(spots, pull, spot);
            pull = null;
        }

        return [.. spots];
    }

    private static void Reach(List<Spot> spots, Spot? pull, Spot to)
    {
        const int Parts = 8;
        if (pull is { } by)
        {
            var from = spots[^1];
            for (var i = 1; i < Parts; i++)
            {
                var (t, s) = (i / (double)Parts, 1 - i / (double)Parts);
                spots.Add(
                    new(
                        s * s * from.X + 2 * s * t * by.X + t * t * to.X,
                        s * s * from.Y + 2 * s * t * by.Y + t * t * to.Y
                    )
                );
            }
        }

        spots.Add(to);
    }

    private static int Digit(char character) => char.IsAsciiDigit(character) ? character - '0' : character - 'a' + 10;

    private sealed record Letter(int Width, IReadOnlyList<Spot[]> Lines);
}
