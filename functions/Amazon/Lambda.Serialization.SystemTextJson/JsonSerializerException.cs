namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>An event that does not fit the handler's type, or an answer that cannot be written.</summary>
public sealed class JsonSerializerException : Exception
{
    public JsonSerializerException(string message)
        : base(message) { }

    public JsonSerializerException(string message, Exception exception)
        : base(message, exception) { }
}
