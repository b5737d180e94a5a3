namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The Runtime API is broken, which only a new process can mend.</summary>
internal sealed class RuntimeApiException(string message) : Exception(message);
