namespace Amazon.SimpleSystemsManagement.Model;

public sealed class GetParametersByPathRequest
{
    /// <summary>At most 10, which is the default.</summary>
    public int? MaxResults { get; set; }

    public string? NextToken { get; set; }

    /// <summary>Begins with a slash.</summary>
    public string? Path { get; set; }

    /// <summary>Also what lies deeper.</summary>
    public bool? Recursive { get; set; }

    /// <summary>Without it a SecureString arrives encrypted.</summary>
    public bool? WithDecryption { get; set; }
}
