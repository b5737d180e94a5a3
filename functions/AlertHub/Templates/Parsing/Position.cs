using AlertHub.Templates.Values;

namespace AlertHub.Templates.Parsing;

/// <summary>A place in a text, counted in UTF-16 units from its start.</summary>
internal readonly record struct Position(TemplateSource Source, int Offset)
{
    /// <summary>From 1.</summary>
    public int Line => 1 + Source.Text.AsSpan(0, Offset).Count('\n');

    /// <summary>The bytes before it in its line, as Go counts columns.</summary>
    public int Column
    {
        get
        {
            var before = Source.Text[..Offset];
            return Utf8.Length(before[(before.LastIndexOf('\n') + 1)..]);
        }
    }
}
