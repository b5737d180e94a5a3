using System.Text.Json.Nodes;
using AlertHub.Configuration.Yaml;

namespace AlertHub.Configuration.Shapes;

/// <summary>Lists and maps.</summary>
internal static partial class Kinds
{
    public static Kind<IReadOnlyList<string>> TextList => List(Text);

    /// <summary>Names with texts, in the order of the file.</summary>
    public static Kind<IReadOnlyList<KeyValuePair<string, string>>> TextMap => Map(Text);

    /// <summary>The same, the texts being templates.</summary>
    public static Kind<IReadOnlyList<KeyValuePair<string, string>>> TemplateMap => Map(Template);

    /// <summary>Labels, whose values are of a kind of text.</summary>
    public static Kind<Alerts.Labels> Labels(Kind<string> value)
    {
        var map = Map(value);
        return new KindOf<Alerts.Labels>(
            place =>
            {
                var read = map.Read(place);
                if (read.Any(static p => p.Key.Length == 0))
                {
                    place.Error("a label's name is missing");
                }

                return Alerts.Labels.Of(read.Select(static p => new Alerts.Label(p.Key, p.Value)));
            },
            labels => map.Print([.. labels.Select(static l => KeyValuePair.Create(l.Name, l.Value))]),
            static labels => labels.Count == 0,
            map.Schema,
            static (merged, read, place) => Alerts.Labels.Of(Together(merged, read, static l => l.Name, place))
        );
    }

    /// <summary>Records in a list, none of which may be missing.</summary>
    public static Kind<IReadOnlyList<T>> List<T>(Shape<T> shape)
        where T : class => List<T>(shape.Require, shape.Print, shape.Schema);

    /// <summary>The same for a shape that refers to itself, so that it is not there yet.</summary>
    public static Kind<IReadOnlyList<T>> List<T>(Func<Shape<T>> shape)
        where T : class =>
        List<T>(place => shape().Require(place), value => shape().Print(value), d => shape().Schema(d));

    /// <summary>A list that is not there (null) and an empty one mean different things.</summary>
    public static Kind<IReadOnlyList<TItem>?> OptionalList<TItem>(Kind<TItem> item)
    {
        var list = List(item);
        return new KindOf<IReadOnlyList<TItem>?>(
            place => IsNothing(place) ? null : list.Read(place),
            items => items is null ? Null : list.Print(items),
            static items => items is null,
            list.Schema
        );
    }

    /// <summary>A record that is always there: nothing is its defaults, and so are defaults nothing.</summary>
    public static Kind<T> Struct<T>(Shape<T> shape)
        where T : class =>
        new KindOf<T>(
            place => shape.Read(place) ?? shape.Defaults,
            shape.Print,
            value => shape.Print(value).IsSameAs(shape.Print(shape.Defaults)),
            shape.Schema
        );

    public static Kind<IReadOnlyList<TItem>> List<TItem>(Kind<TItem> item) => List(item.Read, item.Print, item.Schema);

    /// <summary>As Go has them: sorted when printed, of a name given twice an error.</summary>
    public static Kind<IReadOnlyList<KeyValuePair<string, TValue>>> Map<TValue>(Kind<TValue> value) =>
        new KindOf<IReadOnlyList<KeyValuePair<string, TValue>>>(
            place => ReadMap(place, value),
            map => new YamlNode.Mapping([
                .. map.OrderBy(static p => p.Key, StringComparer.Ordinal)
                    .Select(p => new YamlEntry(Quoted(p.Key), value.Print(p.Value))),
            ]),
            static map => map.Count == 0,
            definitions =>
                new()
                {
                    ["type"] = new JsonArray("object", "null"),
                    ["additionalProperties"] = value.Schema(definitions),
                },
            static (merged, read, place) => Together(merged, read, static p => p.Key, place)
        );

    /// <summary>A map that a merge gave and one that stands beside it: both, but for names that are in both, an error.</summary>
    private static TItem[] Together<TItem>(
        IReadOnlyList<TItem> merged,
        IReadOnlyList<TItem> read,
        Func<TItem, string> name,
        Place place
    )
    {
        var names = merged.Select(name).ToHashSet(StringComparer.Ordinal);
        foreach (var twice in read.Select(name).Where(names.Contains))
        {
            place[twice].Error(MergedTwice(twice));
        }

        return [.. merged, .. read];
    }

    private static string MergedTwice(string name) =>
        $"\"{name}\" stands in what \"<<\" merges in as well, and Alertmanager refuses that in a map; remove one of them";

    private static KindOf<IReadOnlyList<TItem>> List<TItem>(
        Func<Place, TItem> read,
        Func<TItem, YamlNode> print,
        Func<SchemaDefinitions, JsonObject> schema
    ) =>
        new(
            place =>
            {
                switch (place.Node)
                {
                    case YamlNode.Sequence sequence:
                        return [.. sequence.Items.Select((_, i) => read(place[i]))];
                    case YamlNode.Scalar { IsNull: true }:
                        return [];
                    default:
                        place.Error($"expected a list (each item after \"- \"), found {place.Node.Kind}");
                        return [];
                }
            },
            items => new YamlNode.Sequence([.. items.Select(print)]),
            static items => items.Count == 0,
            definitions => new() { ["type"] = new JsonArray("array", "null"), ["items"] = schema(definitions) }
        );

    private static List<KeyValuePair<string, TValue>> ReadMap<TValue>(Place place, Kind<TValue> kind)
    {
        if (place.Node is not YamlNode.Mapping mapping)
        {
            if (place.Node is not YamlNode.Scalar { IsNull: true })
            {
                place.Error($"expected a mapping of names to values, found {place.Node.Kind}");
            }

            return [];
        }

        var read = new List<KeyValuePair<string, TValue>>();
        var all = new HashSet<string>(StringComparer.Ordinal);
        AddEntries(mapping);
        return read;

        void AddEntries(YamlNode.Mapping entries)
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var entry in entries.Entries)
            {
                if (entry.IsMerge)
                {
                    AddMerged(entry.Value);
                }
                else if (ReadText(place.At(entry.Key)) is not { } name)
                {
                    continue;
                }
                else if (!seen.Add(name))
                {
                    place.Under(name, entry.Key).Error($"\"{name}\" stands here twice; remove one of them");
                }
                else if (!all.Add(name))
                {
                    place.Under(name, entry.Key).Error(MergedTwice(name));
                }
                else
                {
                    read.Add(new(name, kind.Read(place.Under(name, entry.Value))));
                }
            }
        }

        void AddMerged(YamlNode merged)
        {
            var mappings = merged is YamlNode.Sequence list ? list.Items.Reverse() : [merged];
            foreach (var one in mappings)
            {
                if (one is YamlNode.Mapping below)
                {
                    AddEntries(below);
                }
                else
                {
                    place.At(one).Error("\"<<\" merges a mapping or a list of mappings, nothing else");
                }
            }
        }
    }
}
