namespace AlertHub.Aws.Logging;

/// <summary>A metric of CloudWatch and what was measured of it, at least one value.</summary>
/// <param name="Name">Of the function's own choice.</param>
/// <param name="Unit">As CloudWatch spells it.</param>
/// <param name="Values">Several are several data points.</param>
internal sealed record Metric(string Name, string Unit, IReadOnlyList<double> Values)
{
    public static Metric Count(string name, double value) => new(name, "Count", [value]);

    public static Metric Bytes(string name, double value) => new(name, "Bytes", [value]);

    public static Metric Seconds(string name, double value) => new(name, "Seconds", [value]);

    public static Metric Milliseconds(string name, IReadOnlyList<double> values) => new(name, "Milliseconds", values);
}
