using System.Text.Json.Nodes;
using AlertHub.Configuration.Yaml;

namespace AlertHub.Configuration.Shapes;

/// <summary>
/// A kind of value: how it is read, how it is printed, what a JSON schema says of it. Reading always gives a value; what
/// is wrong goes to the place.
/// </summary>
internal abstract class Kind<TValue>
{
    public abstract TValue Read(Place place);

    /// <summary>
    /// What holds where a merge (<c>&lt;&lt;</c>) gave one value and the place another: the latter, unless yaml.v2 adds
    /// to what is there, as it does to maps.
    /// </summary>
    public virtual TValue Join(TValue merged, TValue read, Place place) => read;

    /// <summary>As the marshalled form has it; secrets as <c>&lt;secret&gt;</c>.</summary>
    public abstract YamlNode Print(TValue value);

    /// <summary>Go's zero value: what is left out of the marshalled form.</summary>
    public abstract bool IsEmpty(TValue value);

    public abstract JsonObject Schema(SchemaDefinitions definitions);
}

/// <summary>A kind of value that a few functions describe.</summary>
internal sealed class KindOf<TValue>(
    Func<Place, TValue> read,
    Func<TValue, YamlNode> print,
    Func<TValue, bool> isEmpty,
    Func<SchemaDefinitions, JsonObject> schema,
    Func<TValue, TValue, Place, TValue>? join = null
) : Kind<TValue>
{
    public override TValue Read(Place place) => read(place);

    public override TValue Join(TValue merged, TValue read, Place place) =>
        join is null || place.Node is YamlNode.Scalar { IsNull: true } ? read : join(merged, read, place);

    public override YamlNode Print(TValue value) => print(value);

    public override bool IsEmpty(TValue value) => isEmpty(value);

    public override JsonObject Schema(SchemaDefinitions definitions) => schema(definitions);
}
