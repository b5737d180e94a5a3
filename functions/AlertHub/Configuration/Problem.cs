using AlertHub.Configuration.Yaml;

namespace AlertHub.Configuration;

/// <summary>An error refuses a file, a warning does not.</summary>
public enum Severity
{
    Error,
    Warning,
}

/// <summary>Something about a file that its author should know: where, and what to do.</summary>
public sealed record Problem
{
    public required Severity Severity { get; init; }

    public required string File { get; init; }

    public required Mark At { get; init; }

    /// <summary>Such as <c>route.routes[2].receiver</c>; empty for the file as a whole.</summary>
    public string Path { get; init; } = "";

    public required string Message { get; init; }

    public bool IsError => Severity == Severity.Error;

    /// <summary><c>alertmanager.yml:12:5: error: route.receiver: what is wrong</c>.</summary>
    public override string ToString()
    {
        var severity = IsError ? "error" : "warning";
        return $"{File}:{At.Line}:{At.Column}: {severity}: {(Path.Length > 0 ? Path + ": " : "")}{Message}";
    }
}
