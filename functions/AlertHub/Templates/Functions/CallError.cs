namespace AlertHub.Templates.Functions;

/// <summary>What a function returns in place of a value where it cannot make one: the sentence why.</summary>
internal sealed record CallError(string Reason);
