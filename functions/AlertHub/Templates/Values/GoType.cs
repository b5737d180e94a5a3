namespace AlertHub.Templates.Values;

/// <summary>
/// A Go type by its name. It decides what a function takes, what <c>%T</c> prints and whether two values compare.
/// Two types are the same when their names are.
/// </summary>
internal sealed class GoType : IEquatable<GoType>
{
    public static GoType Any { get; } = new("interface {}", GoKind.Any, element: null, isNamed: false);
    public static GoType Bool { get; } = Named("bool", GoKind.Bool);
    public static GoType Int { get; } = Named("int", GoKind.Signed);
    public static GoType Int64 { get; } = Named("int64", GoKind.Signed);
    public static GoType Uint8 { get; } = Named("uint8", GoKind.Unsigned);
    public static GoType Float64 { get; } = Named("float64", GoKind.Float);
    public static GoType String { get; } = Named("string", GoKind.String);
    public static GoType Function { get; } = new("func", GoKind.Function, element: null, isNamed: false);
    public static GoType Strings { get; } = ListOf(String);
    public static GoType Anys { get; } = ListOf(Any);
    public static GoType AnyMap { get; } = MapOf(Any);

    private GoType(string name, GoKind kind, GoType? element, bool isNamed) =>
        (Name, Kind, Element, IsNamed) = (name, kind, element, isNamed);

    /// <summary>As Go prints it: <c>string</c>, <c>[]interface {}</c>, <c>template.KV</c>.</summary>
    public string Name { get; }

    public GoKind Kind { get; }

    /// <summary>Of a list its elements, of a map its values. A map's keys are strings.</summary>
    public GoType? Element { get; }

    public bool IsNamed { get; }

    public bool CanBeNil => Kind is GoKind.Any or GoKind.List or GoKind.Map or GoKind.Function;

    /// <summary>A type with a name of its own: <c>time.Time</c>, <c>template.KV</c>.</summary>
    public static GoType Named(string name, GoKind kind, GoType? element = null) => new(name, kind, element, true);

    public static GoType ListOf(GoType element) => new("[]" + element.Name, GoKind.List, element, isNamed: false);

    public static GoType MapOf(GoType element) => new("map[string]" + element.Name, GoKind.Map, element, false);

    /// <summary>The type of a value that is not nil.</summary>
    public static GoType Of(object value) =>
        value switch
        {
            string => String,
            long => Int,
            bool => Bool,
            double => Float64,
            GoValue typed => typed.Type,
            Functions.TemplateFunction => Function,
            _ => throw new ArgumentException($"no template value is a {value.GetType()}", nameof(value)),
        };

    /// <summary>Go's assignability: the same type, anything to interface{}, or a named one and its literal.</summary>
    public bool IsAssignableTo(GoType target) =>
        target.Kind == GoKind.Any
        || Equals(target)
        || (
            !(IsNamed && target.IsNamed)
            && Kind is GoKind.List or GoKind.Map
            && Kind == target.Kind
            && Equals(Element, target.Element)
        );

    public bool Equals(GoType? other) => ReferenceEquals(this, other) || other?.Name == Name;

    public override bool Equals(object? obj) => Equals(obj as GoType);

    public override int GetHashCode() => string.GetHashCode(Name, StringComparison.Ordinal);

    public override string ToString() => Name;
}
