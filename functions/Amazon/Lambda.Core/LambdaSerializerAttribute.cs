namespace Amazon.Lambda.Core;

/// <summary>
/// Names the serializer of class-library functions. Executables, which is what AlertHub deploys, pass theirs to
/// <c>LambdaBootstrapBuilder.Create</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Assembly)]
public sealed class LambdaSerializerAttribute(Type serializerType) : Attribute
{
    public Type SerializerType { get; set; } = serializerType;
}
