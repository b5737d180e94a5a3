namespace AlertHub.Aws;

/// <summary>The environment does not say what it must. The message says which variable and what to set.</summary>
public sealed class SettingException(string message) : Exception(message);
