namespace AlertHub.Text.RegularExpressions;

/// <summary>What a regular expression says, as a tree.</summary>
internal abstract record Node
{
    /// <summary>RE2 refuses what is nested more deeply; so every walk over a tree may recurse.</summary>
    public const int MostHeight = 1000;

    /// <summary>No repetition is made of more than this many copies, nested ones multiplied.</summary>
    public const int MostRepeats = 1000;

    private Node(int height, long size)
    {
        Height = height;
        Size = size;
    }

    public int Height { get; }

    /// <summary>How many instructions it takes, about.</summary>
    public long Size { get; }

    /// <summary>The empty text.</summary>
    internal sealed record Empty() : Node(1, 1);

    /// <summary>One character of a set.</summary>
    internal sealed record Runes(RuneSet Set) : Node(1, 1);

    /// <summary>A condition on the place, which takes no character.</summary>
    internal sealed record Place(Condition Condition) : Node(1, 1);

    internal sealed record Sequence(IReadOnlyList<Node> Parts)
        : Node(1 + Parts.Max(p => p.Height), Parts.Sum(p => p.Size));

    /// <summary>The first that matches is taken.</summary>
    internal sealed record Choice(IReadOnlyList<Node> Parts)
        : Node(1 + Parts.Max(p => p.Height), Parts.Sum(p => p.Size + 1));

    /// <summary>As many copies as can be taken, or with not greedy as few; any number where Most is null.</summary>
    internal sealed record Repeat(Node Part, int Least, int? Most, bool Greedy)
        : Node(1 + Part.Height, 2 + ((Part.Size + 1) * Math.Max(1, Most ?? Least)));

    internal sealed record Group(Node Part, int Index) : Node(1 + Part.Height, 2 + Part.Size);
}

/// <summary>Conditions on a place between two characters.</summary>
internal enum Condition
{
    TextBegin,
    TextEnd,
    LineBegin,
    LineEnd,
    WordBoundary,
    NoWordBoundary,
}
