namespace Hosts.Tests.Box.Templates;

/// <summary>A template says what this box cannot play: the message names the stack, the resource and the thing.</summary>
internal sealed class TemplateException(string message) : Exception(message);
