using System.Text.Json.Nodes;
using AlertHub.Configuration.Yaml;

namespace AlertHub.Configuration.Shapes;

/// <summary>
/// What one record looks like in YAML, said once: its keys in the order in which they are printed, each with its kind,
/// how it is taken from the record and put into it. From this come the strict reader, the marshalled form and the JSON
/// schema. A key that is not given keeps what <paramref name="defaults"/> has.
/// </summary>
/// <remarks>Filled once, in a static property's initialiser, and not changed after.</remarks>
internal sealed partial class Shape<T>(string name, T defaults) : Kind<T?>
    where T : class
{
    private readonly List<Field<T>> fields = [];
    private readonly List<Func<T, Place, T>> checks = [];

    /// <summary>As sentences and the schema call it: <c>slack_config</c>.</summary>
    public string Name => name;

    public T Defaults => defaults;

    public IEnumerable<string> Keys => fields.Select(static f => f.Key);

    /// <summary>Adds a key, of which <see cref="About"/>, <see cref="Always"/> and <see cref="Since"/> say more.</summary>
    public Shape<T> Field<TValue>(string key, Kind<TValue> kind, Func<T, TValue> get, Func<T, TValue, T> set)
    {
        fields.Add(new Field<T, TValue>(key, kind, get, set) { Defaults = defaults });
        return this;
    }

    /// <summary>Adds a key whose value is checked and then forgotten; it is never printed.</summary>
    public Shape<T> Accepts<TValue>(string key, Kind<TValue> kind)
    {
        fields.Add(new IgnoredField<T, TValue>(key, kind));
        return this;
    }

    /// <summary>Adds the keys of another shape as if they were this one's own.</summary>
    public Shape<T> Inline<TPart>(Shape<TPart> part, Func<T, TPart> get, Func<T, TPart, T> set)
        where TPart : class
    {
        fields.AddRange(part.fields.Select(f => new InlineField<T, TPart>(f, get, set)));
        return this;
    }

    /// <summary>A rule about the record as a whole. The place finds its keys: <c>place["room_id"].Error("...")</c>.</summary>
    public Shape<T> Check(Action<T, Place> check) =>
        Then(
            (value, place) =>
            {
                check(value, place);
                return value;
            }
        );

    /// <summary>A rule that also changes the record, as where an older key is put under its newer name.</summary>
    public Shape<T> Then(Func<T, Place, T> rule)
    {
        checks.Add(rule);
        return this;
    }

    /// <summary>At most one of these keys may hold something.</summary>
    public Shape<T> Exclusive(params string[] keys) =>
        Check(
            (value, place) =>
            {
                string[] given = [.. keys.Where(k => fields.Find(f => f.Key == k) is { } f && !f.IsEmpty(value))];
                if (given.Length > 1)
                {
                    place[given[^1]]
                        .Error($"\"{string.Join("\" and \"", given)}\" exclude each other; keep one of them");
                }
            }
        );

    /// <summary>Null where the file has null; else a record, whole or as far as it could be read.</summary>
    public override T? Read(Place place) => place.Node is YamlNode.Scalar { IsNull: true } ? null : ReadMapping(place);

    /// <summary>As <see cref="Read"/>, where nothing is not allowed.</summary>
    public T Require(Place place)
    {
        if (Read(place) is { } value)
        {
            return value;
        }

        place.Error($"nothing stands here; give the keys of {called ?? name}, or remove it");
        return defaults;
    }

    public override YamlNode Print(T? value) =>
        value is null
            ? new YamlNode.Scalar("null")
            : new YamlNode.Mapping([.. fields.Select(f => f.Print(value)).OfType<YamlEntry>()]);

    public override bool IsEmpty(T? value) => value is null;

    public override JsonObject Schema(SchemaDefinitions definitions) =>
        definitions.Refer(
            name,
            () =>
            {
                var properties = new JsonObject();
                foreach (var field in fields)
                {
                    properties[field.Key] = field.Schema(definitions);
                }

                var schema = new JsonObject
                {
                    ["type"] = new JsonArray("object", "null"),
                    ["additionalProperties"] = false,
                    ["properties"] = properties,
                };
                AddRequired(schema);
                return schema;
            }
        );

    private T ReadMapping(Place place)
    {
        if (place.Node is not YamlNode.Mapping mapping)
        {
            place.Error($"expected a mapping, the keys of {called ?? name}, found {place.Node.Kind}");
            return defaults;
        }

        return checks.Aggregate(Fill(defaults, mapping, place), (value, check) => check(value, place));
    }

    private T Fill(T value, YamlNode.Mapping mapping, Place place)
    {
        var seen = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        foreach (var entry in mapping.Entries)
        {
            if (entry.IsMerge)
            {
                value = Merge(value, entry.Value, place);
            }
            else if (entry.Name is not { } key)
            {
                place.At(entry.Key).Error($"a key must be text, found {entry.Key.Kind}");
            }
            else if (fields.Find(f => f.Key == key) is not { } field)
            {
                place.Under(key, entry.Key).Error($"unknown key \"{key}\" in {called ?? name}{Advice(key)}");
                if (Suggestion.Nearest(key, Keys) is { } meant && mapping[meant] is null)
                {
                    place.Reading.Misspelt(place[meant].Path);
                }
            }
            else if (!seen.TryAdd(key, entry.Key))
            {
                place
                    .Under(key, entry.Key)
                    .Error($"\"{key}\" stands here twice, first in line {seen[key].Mark.Line}; remove one of them");
            }
            else
            {
                var below = place.Under(key, entry.Value);
                if (entry.Value is YamlNode.Scalar { HidesText: true })
                {
                    below.Warn("nothing stands here, since # begins a comment; put the text in quotes if it is one");
                }

                value = field.Read(value, below);
            }
        }

        return value;
    }

    private T Merge(T value, YamlNode merged, Place place)
    {
        switch (merged)
        {
            case YamlNode.Mapping mapping:
                return Fill(value, mapping, place);
            case YamlNode.Sequence sequence when sequence.Items.All(static i => i is YamlNode.Mapping):
                // The first of the list prevails, so it is read last.
                return sequence.Items.Reverse().Aggregate(value, (v, i) => Fill(v, (YamlNode.Mapping)i, place));
            default:
                place.At(merged).Error("\"<<\" merges a mapping or a list of mappings, nothing else");
                return value;
        }
    }
}
