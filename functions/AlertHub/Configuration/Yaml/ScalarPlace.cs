namespace AlertHub.Configuration.Yaml;

/// <summary>Where in a file a character of a scalar's text stands.</summary>
internal static class ScalarPlace
{
    /// <summary>
    /// The character's place where the scalar is written in one line or as a literal block (<c>|</c>); null where its
    /// lines are folded, so that it may stand anywhere in them.
    /// </summary>
    /// <param name="lines">The file's lines.</param>
    /// <param name="at">Where the scalar begins.</param>
    /// <param name="text">What it says.</param>
    /// <param name="offset">The character in what it says.</param>
    public static Mark? Of(string[] lines, Mark at, string text, int offset)
    {
        var line = Line(lines, at.Line);
        var start = Math.Min(at.Column - 1, line.Length);

        // An anchor and a tag stand before the text.
        while (start < line.Length && line[start] is '&' or '!')
        {
            var space = line.AsSpan(start).IndexOf(' ');
            start = space < 0 ? line.Length : start + space + 1;
        }

        return start == line.Length
            ? null
            : line[start] switch
            {
                '|' => InBlock(lines, at.Line, text, offset),
                '\'' or '"' => InQuotes(line, start, text, offset) is { } column ? new(at.Line, column + 1) : null,
                _ => line.AsSpan(start).StartsWith(text) ? new(at.Line, start + offset + 1) : null,
            };
    }

    private static Mark? InBlock(string[] lines, int header, string text, int offset)
    {
        var before = text.AsSpan(0, offset);
        var (row, column) = (before.Count('\n'), offset - (before.LastIndexOf('\n') + 1));
        var written = text.Split('\n');
        var line = Line(lines, header + 1 + row);

        // What the line has more than the text is its indentation.
        var indentation = line.Length - written[row].Length;
        return indentation > 0 && line.AsSpan(indentation).SequenceEqual(written[row])
            ? new(header + 1 + row, indentation + column + 1)
            : null;
    }

    /// <summary>Reads on until so much of the text is there; where it differs, this is no quoted text in one line.</summary>
    private static int? InQuotes(string line, int start, string text, int offset)
    {
        var (quote, at) = (line[start], start + 1);
        for (var i = 0; i < offset; i++)
        {
            if (at >= line.Length)
            {
                return null;
            }

            var isEscape = line[at] == (quote == '"' ? '\\' : '\'');
            at += isEscape ? 1 : 0;
            var says =
                at >= line.Length ? '\0'
                : isEscape && quote == '"' ? Escaped(line[at])
                : line[at];
            if (says != text[i])
            {
                return null;
            }

            at++;
        }

        return at < line.Length ? at : null;
    }

    /// <summary>Those of one letter; the numbers of others are not counted.</summary>
    private static char Escaped(char letter) =>
        letter switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'x' or 'u' or 'U' => '\0',
            _ => letter,
        };

    /// <summary>Counted from 1; empty where there are no more.</summary>
    private static string Line(string[] lines, int number) => lines.ElementAtOrDefault(number - 1) ?? "";
}
