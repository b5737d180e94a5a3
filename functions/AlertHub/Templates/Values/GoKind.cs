namespace AlertHub.Templates.Values;

/// <summary>What a Go type is made of: reflect.Kind, as far as templates meet it.</summary>
internal enum GoKind
{
    /// <summary>A parameter or element that takes any value; no value has this kind itself.</summary>
    Any,
    Bool,
    Signed,
    Unsigned,
    Float,
    String,
    List,
    Map,
    Struct,
    Function,
}
