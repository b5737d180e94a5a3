namespace AlertHub.Text.RegularExpressions;

internal enum Operation
{
    /// <summary>Takes a character of the set <see cref="Instruction.Argument"/>.</summary>
    Take,

    /// <summary>Goes on at <see cref="Instruction.Next"/>, or else at <see cref="Instruction.Argument"/>.</summary>
    Split,

    /// <summary>Notes the place under the number <see cref="Instruction.Argument"/>.</summary>
    Mark,

    /// <summary>Goes on where the <see cref="Condition"/> <see cref="Instruction.Argument"/> holds.</summary>
    Check,

    Accept,
}

internal readonly record struct Instruction(Operation Operation, int Next, int Argument = 0);

/// <summary>A tree as instructions for a machine that follows all of its ways at once (Thompson's construction).</summary>
internal sealed class Instructions
{
    /// <summary>Go allows millions, which no configuration needs and every match would pay for.</summary>
    public const int Most = 100_000;

    private readonly List<Instruction> list = [];
    private readonly List<RuneSet> sets = [];
    private readonly Dictionary<RuneSet, int> known = [];

    /// <param name="tree">No larger than <see cref="Most"/>.</param>
    public Instructions(Node tree)
    {
        var accept = Add(new(Operation.Accept, 0));
        Start = Emit(new Node.Group(tree, 0), accept);
    }

    public int Start { get; }

    public int Count => list.Count;

    public Instruction this[int index] => list[index];

    public IReadOnlyList<RuneSet> Sets => sets;

    public bool Checks(params IReadOnlyList<Condition> conditions)
    {
        foreach (var instruction in list)
        {
            if (instruction.Operation == Operation.Check && conditions.Contains((Condition)instruction.Argument))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where what does this node's work, and goes on at <paramref name="next"/>, begins.</summary>
    private int Emit(Node node, int next) =>
        node switch
        {
            Node.Runes runes => Add(new(Operation.Take, next, SetNumber(runes.Set))),
            Node.Place place => Add(new(Operation.Check, next, (int)place.Condition)),
            Node.Sequence sequence => sequence.Parts.Reverse().Aggregate(next, (after, part) => Emit(part, after)),
            Node.Choice choice => Choose(choice, next),
            Node.Group group => Mark(2 * group.Index, Emit(group.Part, Mark((2 * group.Index) + 1, next))),
            Node.Repeat repeat => Copies(repeat, next),
            _ => next,
        };

    private int Choose(Node.Choice choice, int next)
    {
        var rest = Emit(choice.Parts[^1], next);
        for (var i = choice.Parts.Count - 2; i >= 0; i--)
        {
            rest = Add(new(Operation.Split, Emit(choice.Parts[i], next), rest));
        }

        return rest;
    }

    private int Copies(Node.Repeat repeat, int next)
    {
        var (after, least) = (next, repeat.Least);
        if (repeat.Most is { } most)
        {
            for (var i = least; i < most; i++)
            {
                after = Fork(Emit(repeat.Part, after), next, repeat.Greedy);
            }
        }
        else
        {
            // The last copy that must be there is the one that loops.
            var loop = Add(default);
            var again = Emit(repeat.Part, loop);
            list[loop] = Branch(again, next, repeat.Greedy);
            after =
                least > 0 ? again
                : IsNullable(repeat.Part) ? Fork(again, next, repeat.Greedy)
                : loop;
            least = Math.Max(0, least - 1);
        }

        for (var i = 0; i < least; i++)
        {
            after = Emit(repeat.Part, after);
        }

        return after;
    }

    private static bool IsNullable(Node node) =>
        node switch
        {
            Node.Runes => false,
            Node.Sequence sequence => sequence.Parts.All(IsNullable),
            Node.Choice choice => choice.Parts.Any(IsNullable),
            Node.Group group => IsNullable(group.Part),
            Node.Repeat repeat => repeat.Least == 0 || IsNullable(repeat.Part),
            _ => true,
        };

    private int Fork(int into, int past, bool greedy) => Add(Branch(into, past, greedy));

    private static Instruction Branch(int into, int past, bool greedy) =>
        greedy ? new(Operation.Split, into, past) : new(Operation.Split, past, into);

    private int Mark(int number, int next) => Add(new(Operation.Mark, next, number));

    private int SetNumber(RuneSet set)
    {
        if (!known.TryGetValue(set, out var number))
        {
            known[set] = number = sets.Count;
            sets.Add(set);
        }

        return number;
    }

    private int Add(Instruction instruction)
    {
        list.Add(instruction);
        return list.Count - 1;
    }
}
