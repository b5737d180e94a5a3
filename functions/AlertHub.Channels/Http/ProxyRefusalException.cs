namespace AlertHub.Channels.Http;

/// <summary>A proxy does not let us through. The message says what it answered.</summary>
internal sealed class ProxyRefusalException(string message) : Exception(message);
