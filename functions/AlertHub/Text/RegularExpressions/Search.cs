namespace AlertHub.Text.RegularExpressions;

/// <summary>
/// Finds where a match begins and ends and what its groups took: all ways at once, in the order of preference that Perl and
/// Go have (leftmost, then what was written first), so in time linear in the text.
/// </summary>
internal sealed class Search(Instructions instructions, int groups)
{
    private readonly int slots = 2 * (groups + 1);

    /// <summary>Begin and end of the whole and of each group, -1 for a group that took no part; null for no match.</summary>
    /// <param name="text">Where to search.</param>
    /// <param name="from">Where to begin.</param>
    /// <param name="read">How many characters were looked at.</param>
    public int[]? From(ReadOnlySpan<char> text, int from, out int read)
    {
        var (current, next) = (new Ways(instructions.Count), new Ways(instructions.Count));
        int[]? found = null;
        var before = from == 0 ? Neighbour.Edge : Before(text, from);
        for (var at = from; ; )
        {
            var length = 0;
            var rune = at < text.Length ? Neighbours.RuneAt(text, at, out length) : -1;
            var after = rune < 0 ? Neighbour.Edge : Neighbours.Of(rune);
            var here = new Surroundings(before, after);

            next.Clear();
            var start = found is null ? instructions.Start : -1;
            found = Follow(current, next, start, here, at, rune) ?? found;
            if (rune < 0 || (next.Count == 0 && found is not null))
            {
                read = at - from + length;
                return found;
            }

            (current, next) = (next, current);
            before = after;
            at += length;
        }
    }

    /// <summary>
    /// Each way that stands here, by preference, and after them one that begins here: what it can reach without a
    /// character, and from there with one. A way that accepts ends all that are less preferred.
    /// </summary>
    private int[]? Follow(Ways current, Ways next, int start, Surroundings here, int at, int rune)
    {
        current.BeginVisits();
        for (var i = 0; i <= current.Count; i++)
        {
            if (i == current.Count && start < 0)
            {
                break;
            }

            current.Push(i < current.Count ? current.Place(i) : start, i < current.Count ? current.Marks(i) : Fresh());
            while (current.TryPop(out var place, out var marks))
            {
                var instruction = instructions[place];
                switch (instruction.Operation)
                {
                    case Operation.Accept:
                        return marks;
                    case Operation.Take when rune >= 0 && instructions.Sets[instruction.Argument].Contains(rune):
                        next.Add(instruction.Next, marks);
                        break;
                    case Operation.Split:
                        current.Push(instruction.Argument, marks);
                        current.Push(instruction.Next, marks);
                        break;
                    case Operation.Mark:
                        int[] marked = [.. marks];
                        marked[instruction.Argument] = at;
                        current.Push(instruction.Next, marked);
                        break;
                    case Operation.Check when here.Satisfy((Condition)instruction.Argument):
                        current.Push(instruction.Next, marks);
                        break;
                    default:
                        break;
                }
            }
        }

        return null;
    }

    private int[] Fresh()
    {
        var marks = new int[slots];
        Array.Fill(marks, -1);
        return marks;
    }

    private static Neighbour Before(ReadOnlySpan<char> text, int at)
    {
        System.Text.Rune.DecodeLastFromUtf16(text[..at], out var rune, out _);
        return Neighbours.Of(rune.Value);
    }

    /// <summary>Places in order of preference, each once, with the marks made on the way there.</summary>
    private sealed class Ways(int places)
    {
        private readonly List<(int Place, int[] Marks)> ways = [];
        private readonly Stack<(int Place, int[] Marks)> open = new();
        private readonly int[] added = new int[places];
        private readonly int[] visited = new int[places];
        private int round = 1;

        public int Count => ways.Count;

        public int Place(int index) => ways[index].Place;

        public int[] Marks(int index) => ways[index].Marks;

        public void Clear()
        {
            ways.Clear();
            round++;
        }

        public void Add(int place, int[] marks)
        {
            if (added[place] != round)
            {
                added[place] = round;
                ways.Add((place, marks));
            }
        }

        public void BeginVisits() => open.Clear();

        public void Push(int place, int[] marks) => open.Push((place, marks));

        /// <summary>The next place that was not visited at this character yet.</summary>
        public bool TryPop(out int place, out int[] marks)
        {
            while (open.TryPop(out var way))
            {
                (place, marks) = way;
                if (visited[place] != round)
                {
                    visited[place] = round;
                    return true;
                }
            }

            (place, marks) = (0, []);
            return false;
        }
    }
}
