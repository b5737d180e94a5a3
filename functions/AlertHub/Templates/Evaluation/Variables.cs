namespace AlertHub.Templates.Evaluation;

/// <summary>The variables of the templates that are being executed, those of the innermost on top.</summary>
internal sealed class Variables
{
    private object?[] values = new object?[32];
    private int frame;
    private int top;

    public ref object? this[int slot] => ref values[frame + slot];

    /// <summary>Room for a template's variables; all are nil. Returns what <see cref="Leave"/> wants.</summary>
    public int Enter(int slots)
    {
        var outer = frame;
        frame = top;
        top += slots;
        if (top > values.Length)
        {
            Array.Resize(ref values, Math.Max(top, values.Length * 2));
        }

        return outer;
    }

    public void Leave(int outer)
    {
        Array.Clear(values, frame, top - frame);
        top = frame;
        frame = outer;
    }
}
