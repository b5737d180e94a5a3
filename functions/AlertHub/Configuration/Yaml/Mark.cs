namespace AlertHub.Configuration.Yaml;

/// <summary>A place in a file: line and column, both counted from 1.</summary>
public readonly record struct Mark(int Line, int Column)
{
    public static Mark Start { get; } = new(1, 1);
}
