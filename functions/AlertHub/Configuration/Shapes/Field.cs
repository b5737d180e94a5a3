using System.Text.Json.Nodes;
using AlertHub.Configuration.Yaml;

namespace AlertHub.Configuration.Shapes;

/// <summary>One key of a record.</summary>
internal abstract class Field<T>(string key)
{
    public string Key => key;

    public string? About { get; set; }

    public bool Always { get; set; }

    public string? Since { get; set; }

    public abstract T Read(T into, Place place);

    /// <summary>Null where it is left out. What is empty but would come back as something is shown.</summary>
    public abstract YamlEntry? Print(T value);

    public abstract bool IsEmpty(T value);

    public abstract JsonObject Schema(SchemaDefinitions definitions);

    protected JsonObject Described(JsonObject schema)
    {
        if (About is not null)
        {
            schema["description"] = About;
        }

        return schema;
    }
}

/// <summary>One key of a record, with the type of its value.</summary>
internal sealed class Field<T, TValue>(string key, Kind<TValue> kind, Func<T, TValue> get, Func<T, TValue, T> set)
    : Field<T>(key)
{
    public required T Defaults { get; init; }

    public override T Read(T into, Place place) => set(into, kind.Join(get(into), kind.Read(place), place));

    public override YamlEntry? Print(T value)
    {
        var printed = kind.Print(get(value));
        var shown = Since is null
            ? Always || !IsEmpty(value) || !IsEmpty(Defaults)
            : !printed.IsSameAs(kind.Print(get(Defaults)));
        return shown ? new(new YamlNode.Scalar(Key), printed) : null;
    }

    public override bool IsEmpty(T value) => kind.IsEmpty(get(value));

    public override JsonObject Schema(SchemaDefinitions definitions)
    {
        var schema = Described(kind.Schema(definitions));
        if (!IsEmpty(Defaults) && kind.Print(get(Defaults)) is YamlNode.Scalar scalar)
        {
            schema["default"] = scalar.IsPlain ? JsonNode.Parse(scalar.Text) : scalar.Text;
        }

        return schema;
    }
}

/// <summary>A key of a part that shares its record's keys.</summary>
internal sealed class InlineField<T, TPart>(Field<TPart> inner, Func<T, TPart> get, Func<T, TPart, T> set)
    : Field<T>(inner.Key)
{
    public override T Read(T into, Place place) => set(into, inner.Read(get(into), place));

    public override YamlEntry? Print(T value) => inner.Print(get(value));

    public override bool IsEmpty(T value) => inner.IsEmpty(get(value));

    public override JsonObject Schema(SchemaDefinitions definitions) => inner.Schema(definitions);
}

/// <summary>A key whose value is checked and forgotten.</summary>
internal sealed class IgnoredField<T, TValue>(string key, Kind<TValue> kind) : Field<T>(key)
{
    public override T Read(T into, Place place)
    {
        kind.Read(place);
        return into;
    }

    public override YamlEntry? Print(T value) => null;

    public override bool IsEmpty(T value) => true;

    public override JsonObject Schema(SchemaDefinitions definitions) => Described(kind.Schema(definitions));
}
