namespace AlertHub.Templates.Values;

/// <summary>A string of a named type, such as <c>template.HTML</c>; a function that wants a string refuses it, as in Go.</summary>
internal class NamedText(GoType type, string value) : GoValue
{
    public override GoType Type => type;

    public string Value => value;
}
