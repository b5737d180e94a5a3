using System.Text;

namespace AlertHub.Templates.Lexing;

/// <summary>
/// Cuts a template's text into tokens, as Go's text/template does: text outside, the parts of an action inside; spaces
/// that the markers <c>{{-</c> and <c>-}}</c> trim are left out, and comments. The last token is the end, or an error.
/// </summary>
internal ref struct Lexer
{
    private const string Left = "{{";
    private const string Right = "}}";
    private const string Spaces = " \t\r\n";

    /// <summary>A minus and the space beside it.</summary>
    private const int MarkerLength = 2;

    private readonly string text;
    private readonly List<Token> tokens = [];
    private int start;
    private int at;
    private int parentheses;

    private Lexer(string text) => this.text = text;

    public static IReadOnlyList<Token> Read(string text)
    {
        var lexer = new Lexer(text);
        while (lexer.Outside())
        {
            while (lexer.Inside()) { }
        }

        return lexer.tokens;
    }

    private readonly bool IsClosed => tokens is [.., { Kind: TokenKind.Error or TokenKind.End }];

    private readonly ReadOnlySpan<char> Rest => text.AsSpan(at);

    /// <summary>Text up to an action, and the delimiter that opens it. False where nothing more is to be read.</summary>
    private bool Outside()
    {
        while (!IsClosed)
        {
            start = at;
            var action = text.IndexOf(Left, at, StringComparison.Ordinal);
            if (action < 0)
            {
                Emit(TokenKind.Text, text.Length);
                Emit(TokenKind.End, text.Length);
                break;
            }

            var inside = action + Left.Length;
            var trims = inside + 1 < text.Length && text[inside] == '-' && IsSpace(text[inside + 1]);
            Emit(TokenKind.Text, trims ? start + text.AsSpan(start, action - start).TrimEnd(Spaces).Length : action);
            start = action;
            at = inside + (trims ? MarkerLength : 0);
            if (!Rest.StartsWith("/*"))
            {
                Emit(TokenKind.LeftDelimiter, inside);
                start = at = inside + (trims ? MarkerLength : 0);
                parentheses = 0;
                return true;
            }

            SkipComment();
        }

        return false;
    }

    private void SkipComment()
    {
        start = at;
        var end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
        if (end < 0)
        {
            Fail("this comment has no end; close it with */}}");
            return;
        }

        at = end + 2;
        if (AtRight(at) is not { } trims)
        {
            Fail("a comment stands alone in its action: after */ comes }}");
            return;
        }

        SkipRight(trims);
    }

    /// <summary>One token of an action. False after the right delimiter, or where the action is broken.</summary>
    private bool Inside()
    {
        start = at;
        if (AtRight(at) is { } trims)
        {
            return Close(trims);
        }

        if (at == text.Length)
        {
            var left = tokens.FindLast(static token => token.Kind == TokenKind.LeftDelimiter);
            var line = 1 + text.AsSpan(0, left.Offset).Count('\n');
            var opening =
                line == 1 + text.AsSpan().Count('\n') ? "this action" : $"the action that begins in line {line}";
            return Fail($"{opening} has no end; close it with }}}}");
        }

        var c = text[at];
        return c switch
        {
            ' ' or '\t' or '\r' or '\n' => Space(),
            '=' => Emit(TokenKind.Assign, at + 1),
            ':' when Rest.StartsWith(":=") => Emit(TokenKind.Declare, at + 2),
            ':' => Fail("after a colon comes an equals sign: $x := value"),
            '|' => Emit(TokenKind.Pipe, at + 1),
            '"' => Constant('"', TokenKind.QuotedText, "this string has no closing quote in its line"),
            '\'' => Constant('\'', TokenKind.CharacterConstant, "this character has no closing quote in its line"),
            '`' => Raw(),
            '$' => FieldOrVariable(TokenKind.Variable),
            '.' when at + 1 == text.Length || !char.IsAsciiDigit(text[at + 1]) => FieldOrVariable(TokenKind.Field),
            '.' or '+' or '-' or (>= '0' and <= '9') => Number(),
            '(' => Open(),
            ')' => CloseParenthesis(),
            _ when WordLength(at) > 0 => Word(),
            >= ' ' and < '\u007F' => Emit(TokenKind.Character, at + 1),
            _ => Fail($"\"{CharacterAt(at)}\" has no meaning in an action"),
        };
    }

    private bool Open()
    {
        parentheses++;
        return Emit(TokenKind.LeftParenthesis, at + 1);
    }

    private bool CloseParenthesis() =>
        --parentheses < 0 ? Fail("a right parenthesis has no left one") : Emit(TokenKind.RightParenthesis, at + 1);

    private bool Close(bool trims)
    {
        if (parentheses > 0)
        {
            return Fail("a left parenthesis has no right one");
        }

        start = at + (trims ? MarkerLength : 0);
        tokens.Add(new(TokenKind.RightDelimiter, start, Right));
        SkipRight(trims);
        return false;
    }

    private bool Space()
    {
        while (at < text.Length && IsSpace(text[at]))
        {
            at++;
        }

        // The last of them may belong to the marker of " -}}".
        if (AtRight(at - 1) is true)
        {
            at--;
        }

        return at == start || Emit(TokenKind.Space, at);
    }

    private bool Constant(char quote, TokenKind kind, string objection)
    {
        for (at++; at < text.Length && text[at] != '\n'; at++)
        {
            if (text[at] == quote)
            {
                return Emit(kind, at + 1);
            }

            if (text[at] == '\\' && ++at < text.Length && text[at] == '\n')
            {
                break;
            }
        }

        return Fail(objection);
    }

    private bool Raw()
    {
        var end = text.IndexOf('`', at + 1);
        return end < 0 ? Fail("this string has no closing back quote") : Emit(TokenKind.RawText, end + 1);
    }

    private bool Word()
    {
        at += WordLength(at);
        if (!IsAtTerminator())
        {
            return Fail($"\"{CharacterAt(at)}\" cannot follow \"{text[start..at]}\"; put a space between");
        }

        var kind = text[start..at] switch
        {
            "block" => TokenKind.BlockWord,
            "break" => TokenKind.BreakWord,
            "continue" => TokenKind.ContinueWord,
            "define" => TokenKind.DefineWord,
            "else" => TokenKind.ElseWord,
            "end" => TokenKind.EndWord,
            "if" => TokenKind.IfWord,
            "range" => TokenKind.RangeWord,
            "nil" => TokenKind.Nil,
            "template" => TokenKind.TemplateWord,
            "with" => TokenKind.WithWord,
            "true" or "false" => TokenKind.Bool,
            _ => TokenKind.Identifier,
        };
        return Emit(kind, at);
    }

    private bool FieldOrVariable(TokenKind kind)
    {
        at++;
        if (IsAtTerminator())
        {
            return Emit(kind == TokenKind.Field ? TokenKind.Dot : kind, at);
        }

        at += WordLength(at);
        return IsAtTerminator()
            ? Emit(kind, at)
            : Fail($"\"{CharacterAt(at)}\" cannot follow \"{text[start..at]}\"; put a space between");
    }

    /// <summary>What a number may look like; whether it is one the parser finds out, as in Go.</summary>
    private bool Number()
    {
        if (!ScanNumber())
        {
            return Fail($"\"{text[start..at]}\" is not a number");
        }

        if (at == text.Length || text[at] is not ('+' or '-'))
        {
            return Emit(TokenKind.Number, at);
        }

        return ScanNumber() && text[at - 1] == 'i'
            ? Emit(TokenKind.Complex, at)
            : Fail($"\"{text[start..at]}\" is not a number");
    }

    private bool ScanNumber()
    {
        const string Decimal = "0123456789_";
        const string Hexadecimal = "0123456789abcdefABCDEF_";
        var digits = Decimal;
        Accept("+-");
        if (Accept("0"))
        {
            digits =
                Accept("xX") ? Hexadecimal
                : Accept("oO") ? "01234567_"
                : Accept("bB") ? "01_"
                : Decimal;
        }

        AcceptAll(digits);
        if (Accept("."))
        {
            AcceptAll(digits);
        }

        if ((digits == Decimal && Accept("eE")) || (digits == Hexadecimal && Accept("pP")))
        {
            Accept("+-");
            AcceptAll(Decimal);
        }

        Accept("i");
        var letter = WordLength(at);
        at += letter > 0 ? CharacterAt(at).Length : 0;
        return letter == 0;
    }

    private bool Accept(string any)
    {
        var accepts = at < text.Length && any.Contains(text[at]);
        at += accepts ? 1 : 0;
        return accepts;
    }

    private void AcceptAll(string any)
    {
        while (Accept(any)) { }
    }

    private readonly bool IsAtTerminator() =>
        at == text.Length
        || text[at] is ' ' or '\t' or '\r' or '\n' or '.' or ',' or '|' or ':' or ')' or '('
        || Rest.StartsWith(Right);

    /// <summary>Letters, digits and underscores, as Unicode counts them.</summary>
    private readonly int WordLength(int from)
    {
        var length = 0;
        while (
            Rune.DecodeFromUtf16(text.AsSpan(from + length), out var rune, out var units)
                == System.Buffers.OperationStatus.Done
            && (rune.Value == '_' || Rune.IsLetter(rune) || Rune.IsDigit(rune))
        )
        {
            length += units;
        }

        return length;
    }

    private readonly string CharacterAt(int index)
    {
        if (index == text.Length)
        {
            return "";
        }

        Rune.DecodeFromUtf16(text.AsSpan(index), out _, out var units);
        return text.Substring(index, units);
    }

    /// <summary>Whether a right delimiter stands there, and whether it trims; null where none does.</summary>
    private readonly bool? AtRight(int index)
    {
        var here = text.AsSpan(index);
        return here.StartsWith(Right) ? false
            : here.Length > MarkerLength && IsSpace(here[0]) && here[1] == '-' && here[MarkerLength..].StartsWith(Right)
                ? true
            : null;
    }

    private void SkipRight(bool trims)
    {
        at += Right.Length + (trims ? MarkerLength : 0);
        if (trims)
        {
            at = text.Length - Rest.TrimStart(Spaces).Length;
        }
    }

    private bool Emit(TokenKind kind, int end)
    {
        at = end;
        if (kind != TokenKind.Text || end > start)
        {
            tokens.Add(new(kind, start, text[start..end]));
        }

        start = end;
        return true;
    }

    private bool Fail(string reason)
    {
        tokens.Add(new(TokenKind.Error, start, reason));
        return false;
    }

    private static bool IsSpace(char c) => c is ' ' or '\t' or '\r' or '\n';
}
