namespace AlertHub.Templates.Lexing;

internal enum TokenKind
{
    /// <summary>The text cannot be read beyond this; the token says why.</summary>
    Error,
    End,
    Text,
    LeftDelimiter,
    RightDelimiter,
    Space,
    Assign,
    Declare,
    Pipe,
    LeftParenthesis,
    RightParenthesis,

    /// <summary>Any other ASCII character; only the comma has a meaning.</summary>
    Character,
    Bool,
    CharacterConstant,
    Complex,
    Number,
    QuotedText,
    RawText,
    Dot,
    Field,
    Identifier,
    Variable,
    Nil,
    BlockWord,
    BreakWord,
    ContinueWord,
    DefineWord,
    ElseWord,
    EndWord,
    IfWord,
    RangeWord,
    TemplateWord,
    WithWord,
}
