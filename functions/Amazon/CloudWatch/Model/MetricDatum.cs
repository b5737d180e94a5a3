namespace Amazon.CloudWatch.Model;

public sealed class MetricDatum
{
    /// <summary>How often each of <see cref="Values"/> occurred; by default once.</summary>
    public List<double>? Counts { get; set; }

    /// <summary>At most 30.</summary>
    public List<Dimension>? Dimensions { get; set; }

    public string? MetricName { get; set; }

    /// <summary>Seconds: 1, or 60, which is the default.</summary>
    public int? StorageResolution { get; set; }

    /// <summary>By default when CloudWatch received it.</summary>
    public DateTime? Timestamp { get; set; }

    public StandardUnit? Unit { get; set; }

    public double? Value { get; set; }

    /// <summary>At most 150, in place of <see cref="Value"/>.</summary>
    public List<double>? Values { get; set; }
}
