using AlertHub.Configuration.Shapes;
using AlertHub.Configuration.Yaml;

namespace AlertHub.Tests.Support;

/// <summary>A record read from YAML by its shape alone, and back.</summary>
internal static class Yaml
{
    /// <summary>What was read, and each problem as <c>line:column path: message</c>.</summary>
    public static (T? Value, string[] Problems) Read<T>(Shape<T> shape, string text)
        where T : class
    {
        var node = YamlReader.Read(text, out _, out var objection);
        Assert.Null(objection);
        var reading = new Reading("test.yml");
        var value = shape.Read(reading.Root(Assert.IsAssignableFrom<YamlNode>(node)));
        return (value, [.. reading.Problems.Select(p => $"{p.At.Line}:{p.At.Column} {p.Path}: {p.Message}")]);
    }

    /// <summary>The marshalled form.</summary>
    public static string Print<T>(Shape<T> shape, T value)
        where T : class => YamlWriter.Write(shape.Print(value));
}
