using System.Collections.Immutable;
using AlertHub.Configuration;
using AlertHub.Templates.Functions;
using AlertHub.Templates.Lexing;
using AlertHub.Text;

namespace AlertHub.Templates.Parsing;

/// <summary>Reads what stands in an action: pipelines, commands, operands. Null where the reader has a fault.</summary>
internal sealed class PipelineParser(TokenReader reader, TemplateFunctions functions)
{
    private const string Nested = "a pipeline in parentheses";

    /// <summary>Parentheses within each other. The evaluator and everything that walks a tree go as deep.</summary>
    private const int MaxNesting = 200;

    private int nesting;

    /// <summary>Of the template that is being read.</summary>
    public Scope Scope { get; set; } = new();

    /// <summary>A pipeline up to the token that ends it, which is consumed.</summary>
    public Pipeline? Read(string place, TokenKind end)
    {
        if (++nesting > MaxNesting)
        {
            reader.Fail($"parentheses stand more than {MaxNesting} deep");
            return null;
        }

        var position = reader.At(reader.PeekPastSpace());
        var isRange = place == "range";
        if (Declared(place, isRange) is not { } declared)
        {
            return null;
        }

        var commands = ImmutableArray.CreateBuilder<Command>();
        while (reader.PeekPastSpace().Kind != end)
        {
            if (!StartsOperand(reader.Peek()))
            {
                reader.Refuse(reader.Next(), place);
                return null;
            }

            if (ReadCommand() is not { } command)
            {
                return null;
            }

            commands.Add(command);
        }

        reader.Next();
        nesting--;
        return Check(commands, place)
            ? new(position, commands.ToImmutable())
            {
                Declarations = [.. declared.Variables.Select(v => Bind(v.Name, v.Position, declared.IsAssignment))],
                IsAssignment = declared.IsAssignment,
            }
            : null;
    }

    private sealed record Declarations(List<(string Name, Position Position)> Variables, bool IsAssignment);

    private Declarations? Declared(string place, bool isRange)
    {
        var variables = new List<(string, Position)>();
        while (reader.PeekPastSpace() is { Kind: TokenKind.Variable } variable)
        {
            var mark = reader.Mark;
            reader.Next();
            var next = reader.PeekPastSpace();
            var isComma = next is { Kind: TokenKind.Character, Text: "," };
            if (next.Kind is not (TokenKind.Assign or TokenKind.Declare) && !isComma)
            {
                reader.Return(mark);
                break;
            }

            reader.Next();
            variables.Add((variable.Text, reader.At(variable)));
            if (Scope.IsFull)
            {
                reader.Fail($"there are too many variables to declare \"{variable.Text}\"; put parts into templates");
                return null;
            }

            Scope.Announce(variable.Text);
            if (!isComma)
            {
                return new(variables, next.Kind == TokenKind.Assign);
            }

            if (!isRange || variables.Count > 1)
            {
                reader.Fail(
                    isRange ? "a range declares at most two variables" : $"{place} declares at most one variable"
                );
                return null;
            }

            if (
                reader.PeekPastSpace().Kind
                is not (TokenKind.Variable or TokenKind.RightDelimiter or TokenKind.RightParenthesis)
            )
            {
                reader.Fail($"after \"{variable.Text},\" a range has its second variable");
                return null;
            }
        }

        return new(variables, IsAssignment: false);
    }

    private Operand.Variable Bind(string name, Position position, bool isAssignment) =>
        new(position, name, isAssignment ? Scope.Find(name) ?? -1 : Scope.Declare(name), []);

    /// <summary>Only the first command may be a plain value: the others take what comes before them.</summary>
    private bool Check(ImmutableArray<Command>.Builder commands, string place)
    {
        if (commands.Count == 0)
        {
            reader.Fail($"{place} has no value");
            return false;
        }

        for (var i = 1; i < commands.Count; i++)
        {
            if (commands[i].Operands[0] is Operand.Bool or Operand.Dot or Operand.Nil or Operand.Number or Operand.Text)
            {
                reader.Fail($"part {i + 1} of the pipeline, {commands[i]}, can take no value from the part before it");
                return false;
            }
        }

        return true;
    }

    private static bool StartsOperand(Token token) =>
        token.Kind
            is TokenKind.Bool
                or TokenKind.CharacterConstant
                or TokenKind.Complex
                or TokenKind.Dot
                or TokenKind.Field
                or TokenKind.Identifier
                or TokenKind.Number
                or TokenKind.Nil
                or TokenKind.RawText
                or TokenKind.QuotedText
                or TokenKind.Variable
                or TokenKind.LeftParenthesis;

    /// <summary>Operands up to a pipe, which is consumed, or to what ends the pipeline, which is not.</summary>
    private Command? ReadCommand()
    {
        var position = reader.At(reader.PeekPastSpace());
        var operands = ImmutableArray.CreateBuilder<Operand>();
        while (true)
        {
            if (StartsOperand(reader.PeekPastSpace()))
            {
                if (ReadOperand() is not { } operand)
                {
                    return null;
                }

                operands.Add(operand);
            }

            switch (reader.Peek().Kind)
            {
                case TokenKind.Space:
                    reader.Next();
                    continue;
                case TokenKind.Pipe:
                    reader.Next();
                    break;
                case TokenKind.RightDelimiter or TokenKind.RightParenthesis:
                    break;
                default:
                    reader.Refuse(reader.Next(), "a command");
                    return null;
            }

            if (operands.Count == 0)
            {
                reader.Fail("a command is empty");
                return null;
            }

            return new(position, operands.ToImmutable());
        }
    }

    /// <summary>A term and the fields that follow it without a space.</summary>
    private Operand? ReadOperand()
    {
        var term = Term();
        if (term is null || reader.Peek().Kind != TokenKind.Field)
        {
            return term;
        }

        // Go gives a chain the place of its second part.
        var position = reader.At(reader.Peek());
        var names = ImmutableArray.CreateBuilder<string>();
        while (reader.Peek().Kind == TokenKind.Field)
        {
            names.Add(reader.Next().Text[1..]);
        }

        switch (term)
        {
            case Operand.Field field:
                return new Operand.Field(position, field.Names.AddRange(names));
            case Operand.Variable variable:
                return variable with { Position = position, Names = [.. names] };
            case Operand.Function or Operand.Nested:
                return new Operand.Chain(position, term, names.ToImmutable());
            default:
                reader.Fail($"{term} has no field \".{names[0]}\"");
                return null;
        }
    }

    private Operand? Term()
    {
        var token = reader.NextPastSpace();
        var position = reader.At(token);
        switch (token.Kind)
        {
            case TokenKind.Dot:
                return new Operand.Dot(position);
            case TokenKind.Nil:
                return new Operand.Nil(position);
            case TokenKind.Bool:
                return new Operand.Bool(position, token.Text == "true");
            case TokenKind.Field:
                return new Operand.Field(position, [token.Text[1..]]);
            case TokenKind.LeftParenthesis:
                return Read(Nested, TokenKind.RightParenthesis) is { } inner
                    ? new Operand.Nested(inner.Position, inner)
                    : null;
            case TokenKind.Identifier when functions.Find(token.Text) is { } function:
                return new Operand.Function(position, function);
            case TokenKind.Identifier:
                reader.Fail($"there is no function \"{token.Text}\"{Meant(token.Text)}", token);
                return null;
            case TokenKind.Variable when Scope.Find(token.Text) is { } slot:
                return new Operand.Variable(position, token.Text, slot, []);
            case TokenKind.Variable:
                reader.Fail(
                    $"there is no variable \"{token.Text}\" here; declare it with {token.Text} := value",
                    token
                );
                return null;
            case TokenKind.RawText or TokenKind.QuotedText:
                return Unquote(token) is { } value ? new Operand.Text(position, token.Text, value) : null;
            case TokenKind.CharacterConstant:
                return Objected(
                    GoString.UnquoteRune(token.Text, out var noRune) is { } rune
                        ? Numbers.OfCharacter(position, token.Text, rune)
                        : null,
                    noRune
                );
            default:
                return Objected(Numbers.Parse(position, token.Text, out var noNumber), noNumber);
        }
    }

    /// <summary>Functions begin with a small letter, fields with a dot.</summary>
    private string Meant(string name) =>
        Suggestion.For(name, functions.Names) is { Length: > 0 } suggestion ? suggestion
        : char.IsAsciiLetterUpper(name[0]) ? $"; a field has a dot before it: .{name}"
        : "";

    /// <summary>What a string constant says.</summary>
    public string? Unquote(Token token)
    {
        var value = GoString.Unquote(token.Text, out var objection);
        if (value is null)
        {
            reader.Fail(objection ?? $"{token} is not a string");
        }

        return value;
    }

    private Operand.Number? Objected(Operand.Number? number, string? objection)
    {
        if (number is null)
        {
            reader.Fail(objection ?? "this is not a number");
        }

        return number;
    }
}
