using Amazon.Runtime;

namespace Amazon.CloudWatch;

/// <summary>Of an alarm.</summary>
public sealed class StateValue(string value) : ConstantClass(value)
{
    public static readonly StateValue ALARM = new("ALARM");
    public static readonly StateValue INSUFFICIENT_DATA = new("INSUFFICIENT_DATA");
    public static readonly StateValue OK = new("OK");

    public static implicit operator StateValue(string value) => new(value);
}
