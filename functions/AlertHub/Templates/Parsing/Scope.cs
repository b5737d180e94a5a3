namespace AlertHub.Templates.Parsing;

/// <summary>The variables of one template that can be seen at a place in it, and the slots where they live.</summary>
internal sealed class Scope
{
    private const int None = -1;

    /// <summary>Names are sought one by one; no template that a person wrote has as many.</summary>
    private const int MostVariables = 1_000;

    private readonly List<(string Name, int Slot)> variables = [("$", 0)];
    private int free = 1;

    /// <summary>The most slots that were in use at one place.</summary>
    public int Slots { get; private set; } = 1;

    public (int Variables, int Free) Mark => (variables.Count, free);

    public void Return((int Variables, int Free) mark)
    {
        variables.RemoveRange(mark.Variables, variables.Count - mark.Variables);
        free = mark.Free;
    }

    public bool IsFull => variables.Count >= MostVariables;

    /// <summary>
    /// Go knows a variable's name from where it is declared or assigned, but the variable only from where it has its
    /// value: <c>$x := $x</c> parses and fails when it is reached, unless an outer <c>$x</c> is there.
    /// </summary>
    public void Announce(string name) => variables.Add((name, None));

    /// <summary>In an else, Go still knows the names of the branch before it, but none of them has its value.</summary>
    public void Devalue((int Variables, int Free) mark)
    {
        for (var i = mark.Variables; i < variables.Count; i++)
        {
            variables[i] = (variables[i].Name, None);
        }

        free = mark.Free;
    }

    public int Declare(string name)
    {
        variables.Add((name, free));
        Slots = Math.Max(Slots, free + 1);
        return free++;
    }

    /// <summary>The slot, -1 of a name that has none yet, null of one that nobody wrote.</summary>
    public int? Find(string name)
    {
        var slot = variables.FindLast(v => v.Name == name && v.Slot != None);
        return slot.Name is not null ? slot.Slot
            : variables.Exists(v => v.Name == name) ? None
            : null;
    }
}
