using AlertHub.Configuration.Yaml;

namespace AlertHub.Tests.Configuration;

/// <summary>Where the X of a scalar's text stands in the file.</summary>
public sealed class ScalarPlaces
{
    [Theory]
    [InlineData("a: one X", "1:8")]
    [InlineData("a: 'it''s X'", "1:11")]
    [InlineData("a: \"say \\\"\\n\\tX\"", "1:15")]
    [InlineData("a: \"\\u00e9X\"", null)]
    [InlineData("a: 'two\n  lines X'", null)]
    [InlineData("a: two\n  lines X", null)]
    [InlineData("a: |\n  one\n\n    two X\n", "4:9")]
    [InlineData("a: |-\n\n  one\n  X", "4:3")]
    [InlineData("a: |2\n    one\n  X", "3:3")]
    [InlineData("a: >\n  one\n  two X\n", null)]
    [InlineData("a: &b !!str 'X'", "1:14")]
    [InlineData("a: {b: ['X']}", "1:10")]
    public void A_place_is_named_where_it_is_certain(string file, string? expected)
    {
        var node = ((YamlNode.Mapping)YamlReader.Read(file, out _, out _)!)["a"]!;
        node = node is YamlNode.Mapping mapping ? ((YamlNode.Sequence)mapping["b"]!).Items[0] : node;
        var text = ((YamlNode.Scalar)node).Text;

        var place = ScalarPlace.Of(file.Split('\n'), node.Mark, text, text.IndexOf('X', StringComparison.Ordinal));

        Assert.Equal(expected, place is { } at ? $"{at.Line}:{at.Column}" : null);
    }
}
