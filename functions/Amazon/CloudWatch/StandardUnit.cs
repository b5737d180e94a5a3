using Amazon.Runtime;

namespace Amazon.CloudWatch;

/// <summary>The units AlertHub's own metrics and rendering know by name; any other can be made from its string.</summary>
public sealed class StandardUnit(string value) : ConstantClass(value)
{
    public static readonly StandardUnit Bytes = new("Bytes");
    public static readonly StandardUnit Count = new("Count");
    public static readonly StandardUnit CountSecond = new("Count/Second");
    public static readonly StandardUnit Milliseconds = new("Milliseconds");
    public static readonly StandardUnit None = new("None");
    public static readonly StandardUnit Percent = new("Percent");
    public static readonly StandardUnit Seconds = new("Seconds");

    public static implicit operator StandardUnit(string value) => new(value);
}
