namespace Amazon.CloudWatch.Model;

public sealed class Dimension
{
    public string? Name { get; set; }

    public string? Value { get; set; }
}
