using System.Buffers;
using AlertHub.Templates.Lexing;

namespace AlertHub.Templates.Parsing;

/// <summary>Walks through tokens and keeps the first fault.</summary>
internal sealed class TokenReader(TemplateSource source)
{
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n}\"");

    private readonly IReadOnlyList<Token> tokens = Lexer.Read(source.Text);
    private int next;
    private int furthest;

    public TemplateFault? Fault { get; private set; }

    public Token Peek()
    {
        furthest = Math.Max(furthest, next);
        return tokens[next];
    }

    public Token PeekPastSpace()
    {
        SkipSpace();
        return Peek();
    }

    /// <summary>The last token, the end or an error, comes again and again.</summary>
    public Token Next()
    {
        var token = Peek();
        next = Math.Min(next + 1, tokens.Count - 1);
        return token;
    }

    public Token NextPastSpace()
    {
        SkipSpace();
        return Next();
    }

    /// <summary>The one that was read last.</summary>
    public Token Last => tokens[Math.Max(0, next - 1)];

    public int Mark => next;

    public void Return(int mark) => next = mark;

    public Position At(Token token) => new(source, token.Offset);

    /// <summary>Only the first counts: what follows it are consequences.</summary>
    /// <param name="reason">What is wrong and what to do.</param>
    /// <param name="at">What the author must look at; the token that was read last where nothing else is said.</param>
    public void Fail(string reason, Token? at = null) =>
        Fault ??= new()
        {
            Template = source.Name,
            Line = At(tokens[furthest]).Line,
            At = At(at ?? tokens[furthest]),
            Reason = reason,
        };

    /// <summary>A token that fits nowhere here, or the lexer's own objection.</summary>
    public void Refuse(Token token, string place)
    {
        var reason = token switch
        {
            { Kind: TokenKind.Error } => token.Text,
            { Kind: TokenKind.Character, Text: "}" } => $"{Opening(token)} is closed with }}}}, not with a single }}",
            { Kind: TokenKind.Character, Text: "{" } => $"{Opening(token)} is not closed; put }}}} before this",
            { Kind: TokenKind.Character, Text: "'" or "\"" } =>
                $"{token} is not expected in {place}; texts stand in \"\"",
            _ => $"{token} is not expected in {place}",
        };
        Fail(reason, token);
    }

    /// <summary>The text from a token on, up to a space or the end of the action: a name that was not quoted, say.</summary>
    public string Written(Token token)
    {
        var rest = source.Text.AsSpan(token.Offset);
        var end = rest.IndexOfAny(NameEnds);
        return rest[..Math.Min(end < 0 ? rest.Length : end, 60)].ToString();
    }

    /// <summary>An action from its word on, as it stands there, for messages: <c>{{ define "title" }}</c>.</summary>
    public string Action(Token word)
    {
        var rest = source.Text.AsSpan(word.Offset);
        var end = rest.IndexOfAny('}', '\n');
        var action = rest[..(end < 0 ? rest.Length : end)].Trim();
        return action.Length > 60 ? $"{{{{ {word.Text} }}}}" : $"{{{{ {action} }}}}";
    }

    /// <summary>The action that is being read.</summary>
    private string Opening(Token token)
    {
        var left = tokens.Take(next).LastOrDefault(static token => token.Kind == TokenKind.LeftDelimiter);
        return left.Kind == TokenKind.LeftDelimiter && At(left).Line is var line && line != At(token).Line
            ? $"the action that begins in line {line}"
            : "this action";
    }

    public bool Expect(TokenKind kind, string place)
    {
        var token = NextPastSpace();
        if (token.Kind != kind)
        {
            Refuse(token, place);
        }

        return token.Kind == kind;
    }

    private void SkipSpace()
    {
        while (Peek().Kind == TokenKind.Space)
        {
            Next();
        }
    }
}
