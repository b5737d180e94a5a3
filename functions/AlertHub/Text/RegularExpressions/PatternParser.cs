namespace AlertHub.Text.RegularExpressions;

/// <summary>
/// Reads RE2's syntax with the flags that Go's regexp.Compile sets: Perl's classes, groups and lazy repetitions, Unicode's
/// classes, <c>^</c> and <c>$</c> at the ends of the text only. What Go refuses is refused, for the same reason.
/// </summary>
internal sealed partial class PatternParser
{
    [Flags]
    private enum Flags
    {
        None = 0,
        FoldCase = 1,
        MultiLine = 2,
        DotTakesNewLine = 4,
        Lazy = 8,
    }

    /// <summary>An open parenthesis, or the whole: the alternatives so far and what the last one holds so far.</summary>
    private sealed class Frame(Flags before, int? group)
    {
        public Flags Before => before;

        public int? Group => group;

        public List<Node> Branches { get; } = [];

        public List<Node> Items { get; set; } = [];
    }

    // Alertmanager wraps a pattern as text, so that "a)|(b" is one that works; nobody wants to read of the wrapping.
    private const string Before = "^(?:";
    private const string After = ")$";

    private readonly string text;
    private readonly bool wrapped;
    private readonly Stack<Frame> frames = new();
    private readonly List<(string Name, int Group)> names = [];
    private Flags flags;
    private int at;
    private int groups;
    private string? objection;

    /// <summary>Where the repetition began that stands directly before; -1 where none does.</summary>
    private int repetition = -1;

    private PatternParser(string pattern, bool whole)
    {
        wrapped = whole;
        text = whole ? Before + pattern + After : pattern;
    }

    /// <summary>What the text says, or null and what is wrong with it.</summary>
    /// <param name="pattern">The text.</param>
    /// <param name="whole">Whether it is to match the whole of a text.</param>
    /// <param name="objection">What is wrong, and where.</param>
    public static Pattern? Parse(string pattern, bool whole, out string? objection)
    {
        var parser = new PatternParser(pattern, whole);
        var tree = parser.All();
        objection = parser.objection;
        return objection is null ? new(tree, parser.names, parser.groups) : null;
    }

    private Frame Top => frames.Peek();

    private Node All()
    {
        frames.Push(new(Flags.None, null));
        while (at < text.Length && objection is null)
        {
            var before = at;
            var repeats = Next();
            repetition = repeats ? before : -1;
        }

        if (objection is null && frames.Count > 1)
        {
            Refuse("\")\" is missing", 0, text.Length);
        }

        return Close(Top);
    }

    /// <summary>One item; true where it was a repetition.</summary>
    private bool Next()
    {
        switch (text[at])
        {
            case '(':
                Open();
                return false;
            case ')':
                End();
                return false;
            case '|':
                at++;
                Top.Branches.Add(Join(Top.Items));
                Top.Items = [];
                return false;
            case '^':
                Place(flags.HasFlag(Flags.MultiLine) ? Condition.LineBegin : Condition.TextBegin, 1);
                return false;
            case '$':
                Place(flags.HasFlag(Flags.MultiLine) ? Condition.LineEnd : Condition.TextEnd, 1);
                return false;
            case '.':
                at++;
                Add(flags.HasFlag(Flags.DotTakesNewLine) ? RuneSet.All : RuneSet.AllButNewLine);
                return false;
            case '[':
                Class();
                return false;
            case '\\':
                Backslash();
                return false;
            case '*':
            case '+':
            case '?':
                return Repeat(text[at] == '+' ? 1 : 0, text[at] == '?' ? 1 : null, at + 1);
            case '{' when Counts() is var (least, most, end):
                return Repeat(least, most, end);
            default:
                Literal(Rune());
                return false;
        }
    }

    private static Node Close(Frame frame)
    {
        frame.Branches.Add(Join(frame.Items));
        return frame.Branches.Count == 1 ? frame.Branches[0] : new Node.Choice(frame.Branches);
    }

    private static Node Join(List<Node> items) =>
        items.Count switch
        {
            0 => new Node.Empty(),
            1 => items[0],
            _ => new Node.Sequence(items),
        };

    /// <summary>The character here; half a surrogate pair counts as U+FFFD.</summary>
    private int Rune()
    {
        System.Text.Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
        at += length;
        return rune.Value;
    }

    private void Literal(int rune) => Add(RuneSet.Single(rune, flags.HasFlag(Flags.FoldCase)));

    private void Add(RuneSet set) => Push(new Node.Runes(set));

    private void Place(Condition condition, int length)
    {
        at += length;
        Push(new Node.Place(condition));
    }

    private void Push(Node node)
    {
        Top.Items.Add(node);
        if (node.Height >= Node.MostHeight)
        {
            Refuse($"it is nested more than {Node.MostHeight} deep", 0, text.Length);
        }
    }

    private void Refuse(string reason, int from, int to)
    {
        const int Shown = 60;
        var first = wrapped ? Before.Length : 0;
        var last = text.Length - (wrapped ? After.Length : 0);
        var where = text[Math.Clamp(from, first, last)..Math.Clamp(to, first, last)];
        objection ??=
            where.Length == 0 ? reason
            : where.Length > Shown ? $"{reason} (at \"{where[..Shown]}...\")"
            : $"{reason} (at \"{where}\")";
        at = text.Length;
    }
}
