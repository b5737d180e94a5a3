using System.Globalization;
using System.Text;
using AlertHub.Configuration;
using AlertHub.Configuration.Yaml;
using AlertHub.Tests.Support;
using FsCheck.Fluent;

namespace AlertHub.Tests.Configuration;

/// <summary>YAML as trees with places; the table is Cases/yaml-scalars.txt.</summary>
public sealed class YamlTrees
{
    [Fact]
    public void Plain_scalars_are_what_yaml_v2_takes_them_for() =>
        Assert.All(
            Repository.Cases("yaml-scalars.txt"),
            row =>
            {
                var (kind, value) = YamlValue.Of(new YamlNode.Scalar(row[0])) switch
                {
                    YamlValue.Boolean b => ("bool", b.Value ? "true" : "false"),
                    YamlValue.Integer i => ("int", i.Value.ToString(CultureInfo.InvariantCulture)),
                    YamlValue.Float f => ("float", f.Value.ToString("0.####", CultureInfo.InvariantCulture)),
                    YamlValue.Text t => ("text", t.Value),
                    _ => ("null", ""),
                };
                Assert.Equal($"{row[0]}: {row[1]} {row[2]}", $"{row[0]}: {kind} {value}");
            }
        );

    [Fact]
    public void Nodes_know_their_places()
    {
        var root = Assert.IsType<YamlNode.Mapping>(Read("a: 1\nb:\n  - x\n  - {c: d, e: [f: g]}\n"));

        Assert.Equal(new Mark(1, 4), root["a"]!.Mark);
        var list = Assert.IsType<YamlNode.Sequence>(root["b"]);
        Assert.Equal(new Mark(3, 5), list.Items[0].Mark);
        var inner = Assert.IsType<YamlNode.Mapping>(list.Items[1]);
        Assert.Equal(new Mark(4, 9), inner["c"]!.Mark);
        Assert.Equal(new Mark(4, 16), Assert.IsType<YamlNode.Sequence>(inner["e"]).Items[0].Mark);
    }

    [Theory]
    [InlineData("{<<: {a: 1}, a: 2}", "2")]
    [InlineData("{a: 2, <<: {a: 1}}", "1")]
    [InlineData("{<<: [{a: 1}, {a: 2}]}", "1")]
    public void Of_merged_keys_the_last_in_the_file_prevails_and_the_first_of_a_list(string yaml, string value) =>
        Assert.Equal(value, ((YamlNode.Scalar)((YamlNode.Mapping)Read(yaml)!)["a"]!).Text);

    [Fact]
    public void A_document_that_grows_without_end_is_refused()
    {
        var yaml = new StringBuilder("a0: &a0 [x, x]\n");
        for (var i = 1; i < 40; i++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n");
        }

        Assert.Null(YamlReader.Read(yaml.ToString(), out var at, out var objection));
        Assert.Equal("more than 1000000 nodes once its aliases are written out", objection);
        Assert.InRange(at.Line, 15, 25);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    [InlineData("- ", "")]
    public void A_document_nested_without_end_is_refused(string open, string close)
    {
        var yaml = string.Concat(Enumerable.Repeat(open, 2000)) + string.Concat(Enumerable.Repeat(close, 2000));

        Assert.Null(YamlReader.Read(yaml, out _, out var objection));
        Assert.NotNull(objection);
    }

    /// <summary>A hundred levels, at the bottom of which are the hundred levels before, and so on.</summary>
    [Fact]
    public void A_document_nested_without_end_by_its_aliases_is_refused()
    {
        var yaml = new StringBuilder("x0: &x0 a\n");
        for (var i = 1; i < 50; i++)
        {
            yaml.Append($"x{i}: &x{i} {new string('[', 100)}*x{i - 1}{new string(']', 100)}\n");
        }

        Assert.Null(YamlReader.Read(yaml.ToString(), out var at, out var objection));
        Assert.Equal("nested more than 300 levels deep", objection);
        Assert.Equal(4, at.Line);
    }

    [Fact]
    public void An_anchor_cannot_contain_itself() => Assert.Contains("contains itself", Objection("a: &a [*a]"));

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_refused_where_they_stand()
    {
        Assert.Null(YamlReader.Read([.. "a: b\nc: "u8, 0xff], out var at, out var objection));

        Assert.Equal(new Mark(2, 4), at);
        Assert.NotNull(objection);
    }

    [Fact]
    public void A_file_in_UTF_16_is_read()
    {
        var encoding = new UnicodeEncoding(bigEndian: true, byteOrderMark: true);

        var root = YamlReader.Read([.. encoding.GetPreamble(), .. encoding.GetBytes("a: ü")], out _, out _);

        Assert.Equal("ü", ((YamlNode.Scalar)((YamlNode.Mapping)root!)["a"]!).Text);
    }

    [Fact]
    public void What_is_written_is_read_back() =>
        Properties.ForAll(
            Properties
                .Text.ListOf()
                .Select(texts => texts.Where(t => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(t)) == t)),
            texts =>
            {
                var tree = new YamlNode.Mapping([
                    .. texts.Select(t => new YamlEntry(
                        Quoted(t),
                        new YamlNode.Sequence([Quoted(t), Quoted(t + "\n")])
                    )),
                ]);

                Assert.Equal(Texts(tree), Texts(Read(YamlWriter.Write(tree))!));
            }
        );

    /// <summary>Any bytes are a configuration or problems; never an exception, never forever.</summary>
    [Fact]
    public void Whatever_the_bytes_they_are_a_configuration_or_problems()
    {
        byte[][] files = [.. SampleConfig.Read("good.yml").Select(f => Encoding.UTF8.GetBytes(f.Text))];
        Properties.ForAll(
            from file in Gen.Elements(files)
            from seed in Gen.Choose(0, int.MaxValue)
            select (file, seed),
            sample =>
            {
                var bytes = Scrambled(sample.file, new Random(sample.seed));
                var config = AlertmanagerConfig.Load(bytes, "a.yml", out var problems);
                Assert.Equal(config is null, problems.Any(p => p.IsError));
                Assert.All(problems, p => Assert.DoesNotContain('\n', $"{p}"));
            },
            tests: 2000
        );
    }

    private static byte[] Scrambled(byte[] bytes, Random random)
    {
        var file = bytes.ToList();
        for (var i = random.Next(1, 8); i > 0; i--)
        {
            var at = random.Next(file.Count + 1);
            switch (random.Next(4))
            {
                case 0:
                    file.Insert(at, (byte)random.Next(256));
                    break;
                case 1:
                    file.Insert(at, (byte)"{}[]:,-&*!|>'\"%@`#? \n\t"[random.Next(22)]);
                    break;
                case 2:
                    file.RemoveRange(at, random.Next(Math.Min(20, file.Count - at + 1)));
                    break;
                default:
                    var from = random.Next(file.Count + 1);
                    file.InsertRange(at, file.GetRange(from, random.Next(Math.Min(200, file.Count - from + 1))));
                    break;
            }
        }

        return [.. file];
    }

    private static YamlNode? Read(string yaml)
    {
        var root = YamlReader.Read(yaml, out _, out var objection);
        Assert.Null(objection);
        return root;
    }

    private static string Objection(string yaml)
    {
        Assert.Null(YamlReader.Read(yaml, out _, out var objection));
        return objection!;
    }

    private static YamlNode.Scalar Quoted(string text) => new(text) { IsPlain = false };

    private static IEnumerable<string> Texts(YamlNode node) =>
        node switch
        {
            YamlNode.Scalar scalar => [YamlValue.Of(scalar) is YamlValue.Text { Value: var text } ? text : "no text"],
            YamlNode.Sequence sequence => sequence.Items.SelectMany(Texts).Prepend("["),
            YamlNode.Mapping mapping => mapping
                .Entries.SelectMany(e => Texts(e.Key).Concat(Texts(e.Value)))
                .Prepend("{"),
            _ => [],
        };
}
