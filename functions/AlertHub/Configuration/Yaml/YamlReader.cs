using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace AlertHub.Configuration.Yaml;

/// <summary>Reads the first document of a file, as Alertmanager does; whatever follows <c>---</c> is not looked at.</summary>
internal sealed class YamlReader
{
    /// <summary>More than anybody writes, aliases written out; keeps whoever walks the tree off the end of its stack.</summary>
    private const int DeepestNesting = 300;

    /// <summary>Nodes with aliases written out. (A document that is aliases of aliases grows without end.)</summary>
    private const long LargestTree = 1_000_000;

    private const int LargestFileInCharacters = 32 * 1024 * 1024;

    private readonly IParser parser;
    private readonly Dictionary<AnchorName, YamlNode?> anchors = [];

    private readonly string text;

    private YamlReader(IParser parser, string text) => (this.parser, this.text) = (parser, text);

    /// <summary>The root; null where the file is empty or, with an objection, where it is not YAML.</summary>
    public static YamlNode? Read(ReadOnlySpan<byte> bytes, out Mark at, out string? objection) =>
        YamlText.Decode(bytes, out at, out objection) is { } text ? Read(text, out at, out objection) : null;

    public static YamlNode? Read(string text, out Mark at, out string? objection)
    {
        at = Mark.Start;
        if (text.Length > LargestFileInCharacters)
        {
            objection = "the file is larger than 32 MiB; split it, or write its longest texts into template files";
            return null;
        }

        if (YamlText.Forbidden(text) is { } forbidden)
        {
            at = forbidden;
            objection = text.Contains('\0')
                ? "this is no text (compressed, perhaps, or UTF-16 without a byte order mark)"
                : "a control character stands here, which YAML does not allow; remove it";
            return null;
        }

        if (YamlText.UnknownDirective(text) is { } directive)
        {
            (at, objection) = (directive, "only %YAML 1.1 and %TAG may stand above the document; remove this line");
            return null;
        }

        var scanner = new SteadyScanner(new(new StringReader(text)));
        try
        {
            objection = null;
            return new YamlReader(new Parser(scanner), text).Document();
        }
        catch (NotYamlException e)
        {
            (at, objection) = (e.At, e.Message);
            return null;
        }
        catch (YamlException e)
        {
            // The scanner's marks say where what it scans began.
            var scanning = e.Message.StartsWith("While scanning", StringComparison.Ordinal);
            var stumbled =
                scanning ? scanner.CurrentPosition
                : e.End.Index > e.Start.Index ? e.End
                : e.Start;
            (at, objection) = YamlRemedy.For(text, At(stumbled), e.Message);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException)
        {
            // Slips of the parser itself on what is not YAML in any reading.
            const string Guess = "A bracket, a quote or a comma is missing here or above";
            (at, objection) = YamlRemedy.For(text, At(scanner.CurrentPosition), Guess);
            return null;
        }
    }

    /// <summary>The parser is asked for no event behind the root: what is wrong there does not matter.</summary>
    private YamlNode? Document()
    {
        Next();
        return Next() is DocumentStart ? Node(Next(), depth: 0) : null;
    }

    private ParsingEvent Next() =>
        parser.MoveNext() && parser.Current is { } next
            ? next
            : throw new NotYamlException(Mark.Start, "this is not YAML: it ends in the middle");

    private YamlNode Node(ParsingEvent start, int depth)
    {
        var at = At(start.Start);
        RefuseDeeper(depth, at);
        if (start is AnchorAlias { Value: var name })
        {
            var named = !anchors.TryGetValue(name, out var known)
                ? throw new NotYamlException(
                    at,
                    $"no anchor \"&{name}\" stands above this alias; put it in quotes if the * is meant"
                )
                : known ?? throw new NotYamlException(at, $"the anchor \"&{name}\" contains itself");
            RefuseDeeper(depth + named.Height - 1, at);
            return named;
        }

        var anchor = start is NodeEvent { Anchor: var given } ? given : AnchorName.Empty;
        if (!anchor.IsEmpty)
        {
            anchors[anchor] = null;
        }

        YamlNode node = start switch
        {
            SequenceStart => Sequence(depth),
            MappingStart => Mapping(depth),
            Scalar scalar => Scalar(scalar),
            _ => throw new NotYamlException(at, "this is not YAML: nothing can stand here"),
        };
        if (node.Size > LargestTree)
        {
            throw new NotYamlException(at, $"more than {LargestTree} nodes once its aliases are written out");
        }

        // YAML names no place for the mapping that a pair in brackets is: [a: b].
        var isUnplaced = at == Mark.Start && node is YamlNode.Mapping { Entries.Count: > 0 };
        node = node with { Mark = isUnplaced ? ((YamlNode.Mapping)node).Entries[0].Key.Mark : at };
        if (!anchor.IsEmpty)
        {
            anchors[anchor] = node;
        }

        return node;
    }

    private static void RefuseDeeper(int depth, Mark at)
    {
        if (depth > DeepestNesting)
        {
            throw new NotYamlException(at, $"nested more than {DeepestNesting} levels deep");
        }
    }

    private YamlNode.Sequence Sequence(int depth)
    {
        var items = new List<YamlNode>();
        while (Next() is var item and not SequenceEnd)
        {
            items.Add(Node(item, depth + 1));
        }

        return new(items);
    }

    private YamlNode.Mapping Mapping(int depth)
    {
        var entries = new List<YamlEntry>();
        while (Next() is var key and not MappingEnd)
        {
            var (name, value) = (Node(key, depth + 1), Node(Next(), depth + 1));
            entries.Add(
                new(
                    name,
                    value is YamlNode.Scalar { Text: "", IsPlain: true } s
                        ? s with
                        {
                            HidesText = HasComment(key),
                        }
                        : value
                )
            );
        }

        return new(entries);
    }

    /// <summary>Whether a comment that has no space after its # stands right behind a key: perhaps it is meant as text.</summary>
    private bool HasComment(ParsingEvent key)
    {
        var behind = text.AsSpan((int)Math.Clamp(key.End.Index, 0, text.Length)).TrimStart(' ');
        return behind is [':', ' ', ..] && behind[1..].TrimStart(' ') is ['#', not (' ' or '#' or '\r' or '\n'), ..];
    }

    private static YamlNode.Scalar Scalar(Scalar scalar) =>
        new(scalar.Value) { IsPlain = scalar.Style is ScalarStyle.Plain, Tag = Tag(scalar.Tag) };

    private static string? Tag(TagName tag) =>
        tag.IsEmpty ? null
        : tag.IsNonSpecific ? "!"
        : tag.Value.StartsWith("tag:yaml.org,2002:", StringComparison.Ordinal) ? "!!" + tag.Value[18..]
        : tag.Value;

    private static Mark At(in YamlDotNet.Core.Mark mark) =>
        new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    private sealed class NotYamlException(Mark at, string message) : Exception(message)
    {
        public Mark At => at;
    }
}
