namespace AlertHub.Text.RegularExpressions;

/// <summary>
/// Says whether a text matches, in time linear in its length: a deterministic automaton, made on the way from the
/// instructions, one state for each set of places at which they can be at once.
/// </summary>
/// <remarks>
/// Safe for any number of readers. .NET's own engine for linear time (RegexOptions.NonBacktracking) was measured
/// (2026-11-20, .NET 10, two short alternatives): 5.7 ms and 1.3 MB to construct one expression, and it cannot express RE2's
/// ASCII \b nor take a surrogate pair as one character.
/// </remarks>
internal sealed class Automaton
{
    /// <summary>Transitions that are kept; beyond them each step is computed anew, which is slower but still linear.</summary>
    private const int MostKept = 1 << 14;

    private readonly Instructions instructions;
    private readonly Alphabet alphabet;
    private readonly bool conditions;
    private readonly bool anchored;
    private readonly Lock gate = new();
    private readonly Dictionary<State, State> states = [];
    private readonly long[] seen;
    private readonly Stack<int> open = new();
    private readonly State first;
    private long round;

    /// <param name="instructions">What matches.</param>
    /// <param name="anchored">Whether a match can only begin where the text begins.</param>
    public Automaton(Instructions instructions, bool anchored)
    {
        (this.instructions, this.anchored) = (instructions, anchored);
        conditions = instructions.Checks([.. Enum.GetValues<Condition>()]);
        alphabet = new(instructions.Sets, conditions);
        seen = new long[instructions.Count];
        first = Keep(new(anchored ? [instructions.Start] : [], Neighbour.Edge));
    }

    public bool IsMatch(ReadOnlySpan<char> text)
    {
        var state = first;
        for (var at = 0; at < text.Length; )
        {
            var rune = Neighbours.RuneAt(text, at, out var length);
            at += length;
            state = Next(state, alphabet.ClassOf(rune));
            if (state.Verdict is { } verdict)
            {
                return verdict;
            }
        }

        return Next(state, alphabet.Count).Verdict == true;
    }

    private State Next(State state, int number) =>
        state.Following is { } kept ? Volatile.Read(ref kept[number]) ?? Step(state, number) : Step(state, number);

    private State Step(State state, int number)
    {
        lock (gate)
        {
            var next = Compute(state, number);
            if (state.Following is { } kept)
            {
                next = Keep(next);
                Volatile.Write(ref kept[number], next);
            }

            return next;
        }
    }

    private State Keep(State state)
    {
        if (state.Verdict is not null)
        {
            return state;
        }

        if (states.TryGetValue(state, out var known))
        {
            return known;
        }

        if ((states.Count + 1) * (alphabet.Count + 1) <= MostKept || states.Count == 0)
        {
            state.Following = new State[alphabet.Count + 1];
            states.Add(state, state);
        }

        return state;
    }

    /// <summary>Where the instructions can be after one more character; after the last class comes the text's end.</summary>
    private State Compute(State state, int number)
    {
        var ends = number == alphabet.Count;
        var after =
            ends ? Neighbour.Edge
            : conditions ? alphabet.NeighbourOf(number)
            : Neighbour.Other;
        var here = new Surroundings(state.Before, after);
        var places = new List<int>();

        round++;
        open.Clear();
        foreach (var place in state.Places)
        {
            Visit(place);
        }

        if (!anchored)
        {
            Visit(instructions.Start);
        }

        while (open.TryPop(out var index))
        {
            var instruction = instructions[index];
            switch (instruction.Operation)
            {
                case Operation.Accept:
                    return State.Accepted;
                case Operation.Take when !ends && alphabet.IsIn(number, instruction.Argument):
                    places.Add(instruction.Next);
                    break;
                case Operation.Split:
                    Visit(instruction.Next);
                    Visit(instruction.Argument);
                    break;
                case Operation.Mark:
                case Operation.Check when here.Satisfy((Condition)instruction.Argument):
                    Visit(instruction.Next);
                    break;
                default:
                    break;
            }
        }

        if (ends || (anchored && places.Count == 0))
        {
            return State.Refused;
        }

        return new([.. places.Distinct().Order()], conditions ? after : Neighbour.Other);
    }

    private void Visit(int place)
    {
        if (seen[place] != round)
        {
            seen[place] = round;
            open.Push(place);
        }
    }

    /// <summary>A set of places, and what stands before them.</summary>
    private sealed class State(int[] places, Neighbour before) : IEquatable<State>
    {
        public static State Accepted { get; } = new([], Neighbour.Edge) { Verdict = true };

        public static State Refused { get; } = new([], Neighbour.Edge) { Verdict = false };

        public int[] Places => places;

        public Neighbour Before => before;

        /// <summary>Set where nothing that follows can change it.</summary>
        public bool? Verdict { get; private init; }

        /// <summary>By class of character, as far as known; null in a state that is not kept.</summary>
        public State?[]? Following { get; set; }

        public bool Equals(State? other) =>
            other is not null && before == other.Before && places.AsSpan().SequenceEqual(other.Places);

        public override bool Equals(object? obj) => Equals(obj as State);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(before);
            foreach (var place in places)
            {
                hash.Add(place);
            }

            return hash.ToHashCode();
        }
    }
}
