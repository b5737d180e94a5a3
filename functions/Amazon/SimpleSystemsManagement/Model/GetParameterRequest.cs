namespace Amazon.SimpleSystemsManagement.Model;

public sealed class GetParameterRequest
{
    /// <summary>A name or ARN; <c>name:3</c> is version 3, <c>name:label</c> the version with that label.</summary>
    public string? Name { get; set; }

    /// <summary>Without it a SecureString arrives encrypted.</summary>
    public bool? WithDecryption { get; set; }
}
