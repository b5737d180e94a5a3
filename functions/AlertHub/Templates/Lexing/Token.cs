namespace AlertHub.Templates.Lexing;

/// <summary>A piece of a template's text; of an error, the reason in place of the text.</summary>
internal readonly record struct Token(TokenKind Kind, int Offset, string Text)
{
    /// <summary>For messages: what a reader would call it.</summary>
    public override string ToString() =>
        Kind switch
        {
            TokenKind.End => "the end of the text",
            TokenKind.Space => "a space",
            _ when Text.Length > 30 => $"\"{Text[..30]}…\"",
            _ => $"\"{Text}\"",
        };
}
