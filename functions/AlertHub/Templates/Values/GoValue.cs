using AlertHub.Templates.Functions;

namespace AlertHub.Templates.Values;

/// <summary>
/// A value of a template that no CLR type stands for. All values of templates are: null (Go's nil, or nothing there),
/// <see cref="string"/> (a byte that is no UTF-8 as <see cref="Utf8.Byte"/> has it), <see cref="long"/> (int),
/// <see cref="double"/>, <see cref="bool"/>, <see cref="TemplateFunction"/>, and the kinds of this class:
/// <see cref="StructValue"/>, <see cref="MapValue"/>, <see cref="ListValue"/>, <see cref="IntegerValue"/>,
/// <see cref="NamedText"/>.
/// </summary>
internal abstract class GoValue
{
    private protected GoValue() { }

    public abstract GoType Type { get; }

    /// <summary>
    /// A method by its Go name, or null. The same object each time, made once for the type; it finds the value in
    /// <see cref="TemplateCall.Receiver"/>. A method comes before a field or key of its name.
    /// </summary>
    public virtual TemplateFunction? Method(string name) => null;

    /// <summary>What Go's String method returns; null where the type has none and prints by its parts.</summary>
    public virtual string? Text => null;

    /// <summary>What Go's GoString method returns, for <c>%#v</c>; null where the type has none.</summary>
    public virtual string? GoSyntax => null;
}
