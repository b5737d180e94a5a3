namespace AlertHub.Templates.Values;

/// <summary>
/// An integer that is not an <c>int</c>: the <c>uint8</c> of a string's byte, the <c>int64</c> of Unix(). Named ones with
/// methods (<c>time.Duration</c>, <c>time.Month</c>) derive from it.
/// </summary>
internal class IntegerValue(GoType type, long number) : GoValue
{
    public override GoType Type => type;

    public long Number => number;
}
