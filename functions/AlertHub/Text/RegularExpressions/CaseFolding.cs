using System.Globalization;

namespace AlertHub.Text.RegularExpressions;

/// <summary>
/// Which characters differ only in case, as Go's unicode.SimpleFold has it: K, k and the Kelvin sign are one orbit. .NET's own
/// case folding differs (it knows no orbits of three), so it is not used.
/// </summary>
internal static class CaseFolding
{
    /// <summary>
    /// From Go 1.19's tables: each character of a range, in steps of two where <c>/2</c> says so, goes on to the one so
    /// far away; the last of an orbit leads back to its first.
    /// </summary>
    private const string Table = """
        41-5a+32 61-6a-32 6b+8383 6c-72-32 73+268 74-7a-32 b5+743 c0-d6+32 d8-de+32 df+7615 e0-e4-32 e5+8262
        e6-f6-32 f8-fe-32 ff+121 100-12e/2+1 101-12f/2-1 132-136/2+1 133-137/2-1 139-147/2+1 13a-148/2-1 14a-176/2+1
        14b-177/2-1 178-121 179-17d/2+1 17a-17e/2-1 17f-300 180+195 181+210 182-184/2+1 183-185/2-1 186+206 187+1
        188-1 189-18a+205 18b+1 18c-1 18e+79 18f+202 190+203 191+1 192-1 193+205 194+207 195+97 196+211 197+209
        198+1 199-1 19a+163 19c+211 19d+213 19e+130 19f+214 1a0-1a4/2+1 1a1-1a5/2-1 1a6+218 1a7+1 1a8-1 1a9+218
        1ac+1 1ad-1 1ae+218 1af+1 1b0-1 1b1-1b2+217 1b3-1b5/2+1 1b4-1b6/2-1 1b7+219 1b8+1 1b9-1 1bc+1 1bd-1 1bf+56
        1c4-1c5+1 1c6-2 1c7-1c8+1 1c9-2 1ca-1cb+1 1cc-2 1cd-1db/2+1 1ce-1dc/2-1 1dd-79 1de-1ee/2+1 1df-1ef/2-1
        1f1-1f2+1 1f3-2 1f4+1 1f5-1 1f6-97 1f7-56 1f8-21e/2+1 1f9-21f/2-1 220-130 222-232/2+1 223-233/2-1 23a+10795
        23b+1 23c-1 23d-163 23e+10792 23f-240+10815 241+1 242-1 243-195 244+69 245+71 246-24e/2+1 247-24f/2-1
        250+10783 251+10780 252+10782 253-210 254-206 256-257-205 259-202 25b-203 25c+42319 260-205 261+42315
        263-207 265+42280 266+42308 268-209 269-211 26a+42308 26b+10743 26c+42305 26f-211 271+10749 272-213 275-214
        27d+10727 280-218 282+42307 283-218 287+42282 288-218 289-69 28a-28b-217 28c-71 292-219 29d+42261 29e+42258
        345+84 370-372/2+1 371-373/2-1 376+1 377-1 37b-37d+130 37f+116 386+38 388-38a+37 38c+64 38e-38f+63
        391-3a1+32 3a3+31 3a4-3ab+32 3ac-38 3ad-3af-37 3b1-3b3/2-32 3b2+30 3b4-3b6/2-32 3b5+64 3b7-32 3b8+25
        3b9+7173 3ba+54 3bb-3bd/2-32 3bc-775 3be-3bf-32 3c0+22 3c1+48 3c2+1 3c3-3c5-32 3c6+15 3c7-3c8-32 3c9+7517
        3ca-3cb-32 3cc-64 3cd-3ce-63 3cf+8 3d0-62 3d1+35 3d5-47 3d6-54 3d7-8 3d8-3ee/2+1 3d9-3ef/2-1 3f0-86 3f1-80
        3f2+7 3f3-116 3f4-92 3f5-96 3f7+1 3f8-1 3f9-7 3fa+1 3fb-1 3fd-3ff-130 400-40f+80 410-42f+32 430-431-32
        432+6222 433-435/2-32 434+6221 436-43d-32 43e+6212 43f-440-32 441-442+6210 443-449-32 44a+6204 44b-44f-32
        450-45f-80 460-462/2+1 461-1 463+6180 464-480/2+1 465-481/2-1 48a-4be/2+1 48b-4bf/2-1 4c0+15 4c1-4cd/2+1
        4c2-4ce/2-1 4cf-15 4d0-52e/2+1 4d1-52f/2-1 531-556+48 561-586-48 10a0-10c5+7264 10c7+7264 10cd+7264
        10d0-10fa+3008 10fd-10ff+3008 13a0-13ef+38864 13f0-13f5+8 13f8-13fd-8 1c80-6254 1c81-6253 1c82-6244
        1c83-6242 1c84+1 1c85-6243 1c86-6236 1c87-6181 1c88+35266 1c90-1cba-3008 1cbd-1cbf-3008 1d79+35332 1d7d+3814
        1d8e+35384 1e00-1e60/2+1 1e01-1e5f/2-1 1e61+58 1e62-1e94/2+1 1e63-1e95/2-1 1e9b-59 1e9e-7615 1ea0-1efe/2+1
        1ea1-1eff/2-1 1f00-1f07+8 1f08-1f0f-8 1f10-1f15+8 1f18-1f1d-8 1f20-1f27+8 1f28-1f2f-8 1f30-1f37+8
        1f38-1f3f-8 1f40-1f45+8 1f48-1f4d-8 1f51-1f57/2+8 1f59-1f5f/2-8 1f60-1f67+8 1f68-1f6f-8 1f70-1f71+74
        1f72-1f75+86 1f76-1f77+100 1f78-1f79+128 1f7a-1f7b+112 1f7c-1f7d+126 1f80-1f87+8 1f88-1f8f-8 1f90-1f97+8
        1f98-1f9f-8 1fa0-1fa7+8 1fa8-1faf-8 1fb0-1fb1+8 1fb3+9 1fb8-1fb9-8 1fba-1fbb-74 1fbc-9 1fbe-7289 1fc3+9
        1fc8-1fcb-86 1fcc-9 1fd0-1fd1+8 1fd8-1fd9-8 1fda-1fdb-100 1fe0-1fe1+8 1fe5+7 1fe8-1fe9-8 1fea-1feb-112
        1fec-7 1ff3+9 1ff8-1ff9-128 1ffa-1ffb-126 1ffc-9 2126-7549 212a-8415 212b-8294 2132+28 214e-28 2160-216f+16
        2170-217f-16 2183+1 2184-1 24b6-24cf+26 24d0-24e9-26 2c00-2c2e+48 2c30-2c5e-48 2c60+1 2c61-1 2c62-10743
        2c63-3814 2c64-10727 2c65-10795 2c66-10792 2c67-2c6b/2+1 2c68-2c6c/2-1 2c6d-10780 2c6e-10749 2c6f-10783
        2c70-10782 2c72+1 2c73-1 2c75+1 2c76-1 2c7e-2c7f-10815 2c80-2ce2/2+1 2c81-2ce3/2-1 2ceb-2ced/2+1
        2cec-2cee/2-1 2cf2+1 2cf3-1 2d00-2d25-7264 2d27-7264 2d2d-7264 a640-a64a/2+1 a641-a649/2-1 a64b-35267
        a64c-a66c/2+1 a64d-a66d/2-1 a680-a69a/2+1 a681-a69b/2-1 a722-a72e/2+1 a723-a72f/2-1 a732-a76e/2+1
        a733-a76f/2-1 a779-a77b/2+1 a77a-a77c/2-1 a77d-35332 a77e-a786/2+1 a77f-a787/2-1 a78b+1 a78c-1 a78d-42280
        a790-a792/2+1 a791-a793/2-1 a794+48 a796-a7a8/2+1 a797-a7a9/2-1 a7aa-42308 a7ab-42319 a7ac-42315 a7ad-42305
        a7ae-42308 a7b0-42258 a7b1-42282 a7b2-42261 a7b3+928 a7b4-a7be/2+1 a7b5-a7bf/2-1 a7c2+1 a7c3-1 a7c4-48
        a7c5-42307 a7c6-35384 a7c7-a7c9/2+1 a7c8-a7ca/2-1 a7f5+1 a7f6-1 ab53-928 ab70-abbf-38864 ff21-ff3a+32
        ff41-ff5a-32 10400-10427+40 10428-1044f-40 104b0-104d3+40 104d8-104fb-40 10c80-10cb2+64 10cc0-10cf2-64
        118a0-118bf+32 118c0-118df-32 16e40-16e5f+32 16e60-16e7f-32 1e900-1e921+34 1e922-1e943-34
        """;

    private static readonly (int Low, int High, int Step, int Distance)[] Steps =
    [
        .. Table.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(Read),
    ];

    /// <summary>The next character of the orbit; the character itself where it has no case.</summary>
    public static int Next(int rune)
    {
        // Ranges of alternating letters overlap: the character may be in the last that begins before it or the one before.
        var last = LastFrom(rune);
        for (var i = last; i >= 0 && i >= last - 1; i--)
        {
            var (low, high, step, distance) = Steps[i];
            if (rune <= high && (rune - low) % step == 0)
            {
                return rune + distance;
            }
        }

        return rune;
    }

    /// <summary>Those characters of a range that have another case.</summary>
    public static IEnumerable<int> Within(int low, int high)
    {
        foreach (var (first, last, step, _) in Steps)
        {
            var from = Math.Max(low, first);
            for (var rune = from + ((from - first) % step); rune <= Math.Min(high, last); rune += step)
            {
                yield return rune;
            }
        }
    }

    private static int LastFrom(int rune)
    {
        var (from, to) = (0, Steps.Length);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = Steps[middle].Low <= rune ? (middle + 1, to) : (from, middle);
        }

        return from - 1;
    }

    private static (int Low, int High, int Step, int Distance) Read(string entry)
    {
        var sign = entry.LastIndexOfAny(['+', '-']);
        var range = entry[..sign];
        var step = range.EndsWith("/2", StringComparison.Ordinal) ? 2 : 1;
        var ends = (step == 2 ? range[..^2] : range).Split('-');
        return (
            Hexadecimal(ends[0]),
            Hexadecimal(ends[^1]),
            step,
            int.Parse(entry[sign..], CultureInfo.InvariantCulture)
        );
    }

    private static int Hexadecimal(string digits) =>
        int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
