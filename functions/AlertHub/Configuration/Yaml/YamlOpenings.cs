namespace AlertHub.Configuration.Yaml;

/// <summary>A quote or a bracket that opens at a place.</summary>
internal sealed record YamlOpening(char Character, Mark At);

/// <summary>
/// Which quotes and brackets are open in a line of a text that is not YAML, as a person who reads it from the top would
/// say.
/// </summary>
internal sealed class YamlOpenings
{
    private readonly Stack<YamlOpening> brackets = [];
    private readonly int line;
    private YamlOpening? quote;

    /// <summary>What stands in a block (<c>|</c>) is right of this column, counted from 0; -1 outside of one.</summary>
    private int block = -1;

    public YamlOpenings(string[] lines, int line)
    {
        this.line = line;
        for (var number = 1; number <= lines.Length && (number <= line || quote is not null); number++)
        {
            Bracket = number == line && brackets.TryPeek(out var before) ? before : Bracket;
            Read(lines[number - 1], number);
            Bracket = number == line && Bracket is null && brackets.TryPeek(out var open) ? open : Bracket;
        }

        if (quote is not null && Quote is null)
        {
            Quote = quote;
        }
    }

    /// <summary>The quote that opens in the line or above it and closes below where it opens.</summary>
    public YamlOpening? Quote { get; private set; }

    /// <summary>The line in which it closes; null where it never does.</summary>
    public int? QuoteEnds { get; private set; }

    /// <summary>The bracket that is open where the line begins, or else where it ends.</summary>
    public YamlOpening? Bracket { get; }

    /// <summary>Where what a line says begins, behind its indentation and the dashes of lists.</summary>
    public static int Content(string text)
    {
        var at = text.Length - text.TrimStart(' ').Length;
        while (at + 1 < text.Length && text[at] == '-' && text[at + 1] == ' ')
        {
            at += text.Length - at - text[(at + 1)..].TrimStart(' ').Length;
        }

        return at;
    }

    private void Read(string text, int number)
    {
        if (block >= 0 && quote is null)
        {
            if (string.IsNullOrWhiteSpace(text) || text.Length - text.TrimStart(' ').Length > block)
            {
                return;
            }

            block = -1;
        }

        // Whether a value may begin here: only there do quotes and brackets mean something.
        var begins = true;
        for (var i = 0; i < text.Length; i++)
        {
            var (c, next) = (text[i], i + 1 < text.Length ? text[i + 1] : ' ');
            if (quote is not null)
            {
                var isEscape =
                    (c == '\\' && quote.Character == '"') || (c == '\'' && next == '\'' && c == quote.Character);
                i += isEscape ? 1 : 0;
                if (!isEscape && c == quote.Character)
                {
                    Close(number);
                    begins = false;
                }

                continue;
            }

            if (c == '#' && (i == 0 || char.IsWhiteSpace(text[i - 1])))
            {
                return;
            }

            if (begins && c is '|' or '>' && brackets.Count == 0)
            {
                block = Content(text) == i ? text.LastIndexOf('-', i) : Content(text);
                return;
            }

            if (begins && c is '\'' or '"')
            {
                quote = new(c, new(number, i + 1));
            }
            else if (c is '[' or '{' && (begins || brackets.Count > 0))
            {
                brackets.Push(new(c, new(number, i + 1)));
            }
            else if (c is ']' or '}' && brackets.Count > 0)
            {
                brackets.Pop();
            }

            begins = c switch
            {
                ' ' or '\r' => begins,
                ':' or '-' => (c == ':' || begins) && char.IsWhiteSpace(next),
                ',' or '[' or '{' => brackets.Count > 0,
                _ => false,
            };
        }
    }

    private void Close(int number)
    {
        if (quote is { } closed && Quote is null && closed.At.Line < number && closed.At.Line <= line && number >= line)
        {
            (Quote, QuoteEnds) = (closed, number);
        }

        quote = null;
    }
}
