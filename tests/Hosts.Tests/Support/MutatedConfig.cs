namespace Hosts.Tests.Support;

/// <summary>A configuration with something changed as people, editors and merges change it.</summary>
internal static class MutatedConfig
{
    private static readonly string[] Scalars =
    [
        "true",
        "no",
        "5",
        "-1",
        "1.5",
        "0x1F",
        "\"5\"",
        "''",
        "null",
        "~",
        "",
        "5m",
        "0s",
        "a",
        "[]",
        "{}",
        "[a]",
        "{a: b}",
        "http://x",
        "a: b",
        "- a",
        "|\n  a",
        "*x",
        "&x a",
        "!!str a",
        "# a",
        "\"a",
        "'",
        "[a",
        "a=b",
        "...",
        "monday",
        "@a",
        "%a",
        "`a",
        "2026-11-20",
        "09:00",
        ": a",
        "? a",
        "<secret>",
    ];

    public static string Of(string text, Random random)
    {
        var lines = text.TrimEnd('\n').Split('\n').ToList();
        for (var changes = random.Next(1, 3); changes > 0 && lines.Count > 0; changes--)
        {
            Change(lines, random);
        }

        return string.Join('\n', lines) + "\n";
    }

    private static void Change(List<string> lines, Random random)
    {
        var at = random.Next(lines.Count);
        var line = lines[at];
        switch (random.Next(9))
        {
            case 0:
                lines.RemoveAt(at);
                break;
            case 1:
                lines.Insert(random.Next(lines.Count), line);
                break;
            case 2:
                lines[at] = new string(' ', random.Next(1, 4)) + line;
                break;
            case 3:
                lines[at] = line.StartsWith(' ') ? line[1..] : line.TrimStart('-');
                break;
            case 4 when line.Length > 0:
                var letter = random.Next(line.Length);
                lines[at] = line.Remove(letter, 1)
                    .Insert(letter, random.Next(3) == 0 ? "" : $"{(char)random.Next(' ', '~')}");
                break;
            case 5:
                (lines[at], lines[^1]) = (lines[^1], line);
                break;
            default:
                lines[at] = WithOtherValue(line, random);
                break;
        }
    }

    /// <summary>What stands behind one of the colons, or up to a comma or bracket, is replaced.</summary>
    private static string WithOtherValue(string line, Random random)
    {
        int[] colons = [.. Enumerable.Range(0, line.Length).Where(i => line.AsSpan(i).StartsWith(": "))];
        if (colons.Length == 0)
        {
            return line + " " + Scalars[random.Next(Scalars.Length)];
        }

        var start = colons[random.Next(colons.Length)] + 2;
        var length = line.AsSpan(start).IndexOfAny(",}]");
        var end = length <= 0 ? line.Length : start + length;
        return line[..start] + Scalars[random.Next(Scalars.Length)] + line[end..];
    }
}
