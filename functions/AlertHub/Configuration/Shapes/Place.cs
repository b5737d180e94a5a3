using AlertHub.Configuration.Yaml;

namespace AlertHub.Configuration.Shapes;

/// <summary>Where a reader or a check stands in a file: a node, the path to it, and whom to tell about it.</summary>
internal sealed class Place(Reading reading, YamlNode node, string path)
{
    public Reading Reading => reading;

    public YamlNode Node => node;

    public string Path => path;

    /// <summary>The value under a key; this place itself, with the key in its path, where nothing stands there.</summary>
    public Place this[string key] => new(reading, (node as YamlNode.Mapping)?[key] ?? node, Below(key));

    /// <summary>An item of a list.</summary>
    public Place this[int index] =>
        new(reading, (node as YamlNode.Sequence)?.Items.ElementAtOrDefault(index) ?? node, $"{path}[{index}]");

    public Place Under(string key, YamlNode value) => new(reading, value, Below(key));

    /// <summary>The same path, another node: a key instead of its value, say.</summary>
    public Place At(YamlNode other) => new(reading, other, path);

    public bool Has(string key) => (node as YamlNode.Mapping)?[key] is not null;

    /// <summary>Whether an error has been reported here, or that what belongs here is misspelt.</summary>
    public bool IsWrong => reading.IsWrong(path);

    public void Error(string message) => reading.Report(Severity.Error, node.Mark, path, message);

    public void Warn(string message) => reading.Report(Severity.Warning, node.Mark, path, message);

    private string Below(string key) =>
        key.Length == 0 || key.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-'))
            ? $"{path}[\"{key}\"]"
        : path.Length == 0 ? key
        : $"{path}.{key}";
}
