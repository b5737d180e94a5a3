namespace Amazon.SimpleSystemsManagement.Model;

public sealed class Parameter
{
    public string? ARN { get; set; }

    public string? DataType { get; set; }

    public DateTime? LastModifiedDate { get; set; }

    public string? Name { get; set; }

    /// <summary>The version or label that was asked for, with its colon.</summary>
    public string? Selector { get; set; }

    /// <summary>Of a reference to Secrets Manager.</summary>
    public string? SourceResult { get; set; }

    public ParameterType? Type { get; set; }

    public string? Value { get; set; }

    public long? Version { get; set; }
}
