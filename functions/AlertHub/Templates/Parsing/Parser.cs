using System.Collections.Immutable;
using AlertHub.Templates.Functions;
using AlertHub.Templates.Lexing;

namespace AlertHub.Templates.Parsing;

/// <summary>
/// Reads a text of templates. Each part answers null where the reader has a fault; the first one is the answer.
/// </summary>
internal sealed class Parser
{
    /// <summary>Blocks within each other, <c>else if</c> counted. What walks a tree goes as deep.</summary>
    private const int MaxNesting = 200;

    private readonly TokenReader reader;
    private readonly PipelineParser pipelines;
    private readonly Dictionary<string, TemplateTree> trees = new(StringComparer.Ordinal);
    private readonly Stack<Token> open = [];
    private int nesting;
    private int ranges;

    private Parser(TemplateSource source, TemplateFunctions functions)
    {
        reader = new(source);
        pipelines = new(reader, functions);
    }

    /// <summary>The templates that a text defines, the text itself among them; or null and where it is wrong.</summary>
    public static IReadOnlyCollection<TemplateTree>? Read(
        TemplateSource source,
        TemplateFunctions functions,
        out TemplateFault? fault
    )
    {
        var parser = new Parser(source, functions);
        var whole = parser.Whole(source.Name);
        fault = parser.reader.Fault;
        return whole ? parser.trees.Values : null;
    }

    private bool Whole(string name)
    {
        var nodes = ImmutableArray.CreateBuilder<Node>();
        while (reader.Peek().Kind != TokenKind.End)
        {
            if (IsDefinition())
            {
                if (!Define())
                {
                    return false;
                }

                continue;
            }

            if (TextOrAction() is not { } part)
            {
                return false;
            }

            if (part.Node is null)
            {
                reader.Fail(
                    $"this {{{{ {part.Word} }}}} has nothing that it belongs to; remove it, or open its if, with, range or define",
                    part.At
                );
                return false;
            }

            nodes.Add(part.Node);
        }

        return Add(name, nodes.ToImmutable());
    }

    private bool IsDefinition()
    {
        var mark = reader.Mark;
        if (reader.Next().Kind == TokenKind.LeftDelimiter && reader.NextPastSpace().Kind == TokenKind.DefineWord)
        {
            return true;
        }

        reader.Return(mark);
        return false;
    }

    private bool Define()
    {
        const string Place = "a define";
        var word = reader.Last;
        var outer = pipelines.Scope;
        pipelines.Scope = new();
        if (
            Name(Place) is not { } name
            || !reader.Expect(TokenKind.RightDelimiter, Place)
            || Closed(Place, word) is not { } nodes
        )
        {
            return false;
        }

        var added = Add(name, nodes);
        pipelines.Scope = outer;
        return added;
    }

    /// <summary>Two templates of one name in one text are a mistake, unless one of them says nothing.</summary>
    private bool Add(string name, ImmutableArray<Node> nodes)
    {
        var tree = new TemplateTree
        {
            Name = name,
            Nodes = nodes,
            Slots = pipelines.Scope.Slots,
        };
        if (!trees.TryGetValue(name, out var other) || other.IsBlank)
        {
            trees[name] = tree;
        }
        else if (!tree.IsBlank)
        {
            reader.Fail($"the template \"{name}\" is defined twice");
        }

        return reader.Fault is null;
    }

    /// <summary>A node; or the word that ends a list, <c>end</c> or <c>else</c>.</summary>
    private sealed record Part(Node? Node, string Word = "", Token? At = null);

    private static Part Of(Node node) => new(node);

    private Part? TextOrAction()
    {
        var token = reader.NextPastSpace();
        switch (token.Kind)
        {
            case TokenKind.Text:
                return Of(new Node.Text(reader.At(token), token.Text));
            case TokenKind.LeftDelimiter:
                return Action();
            default:
                reader.Refuse(token, "a text");
                return null;
        }
    }

    private Part? Action()
    {
        var token = reader.PeekPastSpace();
        if (token.Kind == TokenKind.DefineWord)
        {
            reader.Fail($"a define cannot stand inside a block: {Unclosed()}", token);
            return null;
        }

        if (token.Kind is not (>= TokenKind.BlockWord and <= TokenKind.WithWord))
        {
            return pipelines.Read("a command", TokenKind.RightDelimiter) is { } pipeline
                ? Of(new Node.Action(reader.At(token), pipeline))
                : null;
        }

        reader.Next();
        return token.Kind switch
        {
            TokenKind.BlockWord => Block(token),
            TokenKind.BreakWord => Leave(token, new Node.Break(reader.At(token))),
            TokenKind.ContinueWord => Leave(token, new Node.Continue(reader.At(token))),
            TokenKind.ElseWord => Else(token),
            TokenKind.EndWord => reader.Expect(TokenKind.RightDelimiter, "an end") ? new(null, "end", token) : null,
            TokenKind.TemplateWord => Template(),
            _ => Control(token),
        };
    }

    private Part? Leave(Token token, Node node)
    {
        if (!reader.Expect(TokenKind.RightDelimiter, $"a {token.Text}"))
        {
            return null;
        }

        if (ranges == 0)
        {
            reader.Fail($"{{{{{token.Text}}}}} stands outside a range", token);
            return null;
        }

        return Of(node);
    }

    /// <summary>The word after <c>else</c> is left for the one who asked for the list.</summary>
    private Part? Else(Token token) =>
        reader.PeekPastSpace().Kind is TokenKind.IfWord or TokenKind.WithWord
        || reader.Expect(TokenKind.RightDelimiter, "an else")
            ? new(null, "else", token)
            : null;

    private Part? Template()
    {
        const string Place = "a template action";
        var position = reader.At(reader.PeekPastSpace());
        if (Name(Place) is not { } name)
        {
            return null;
        }

        if (reader.PeekPastSpace().Kind == TokenKind.RightDelimiter)
        {
            reader.Next();
            return Of(new Node.Template(position, name, Pipeline: null));
        }

        return pipelines.Read(Place, TokenKind.RightDelimiter) is { } pipeline
            ? Of(new Node.Template(position, name, pipeline))
            : null;
    }

    /// <summary>A definition and its first use in one.</summary>
    private Part? Block(Token word)
    {
        const string Place = "a block";
        var position = reader.At(reader.PeekPastSpace());
        if (Name(Place) is not { } name || pipelines.Read(Place, TokenKind.RightDelimiter) is not { } pipeline)
        {
            return null;
        }

        var (outerScope, outerRanges) = (pipelines.Scope, ranges);
        (pipelines.Scope, ranges) = (new(), 0);
        if (Closed(Place, word) is not { } nodes || !Add(name, nodes))
        {
            return null;
        }

        (pipelines.Scope, ranges) = (outerScope, outerRanges);
        return Of(new Node.Template(position, name, pipeline));
    }

    private string? Name(string place)
    {
        var token = reader.NextPastSpace();
        if (token.Kind is TokenKind.QuotedText or TokenKind.RawText)
        {
            return pipelines.Unquote(token);
        }

        if (reader.Written(token) is { Length: > 0 } written && char.IsLetter(written[0]))
        {
            reader.Fail($"the name stands in quotes: \"{written}\"", token);
        }
        else if (token.Kind != TokenKind.Error)
        {
            reader.Fail($"{place} begins with a name in quotes, not with {token}", token);
        }

        reader.Refuse(token, place);
        return null;
    }

    private Part? Control(Token token)
    {
        var word = token.Kind;
        var place = word switch
        {
            TokenKind.IfWord => "if",
            TokenKind.WithWord => "with",
            _ => "range",
        };
        var mark = pipelines.Scope.Mark;
        if (pipelines.Read(place, TokenKind.RightDelimiter) is not { } pipeline)
        {
            return null;
        }

        ranges += word == TokenKind.RangeWord ? 1 : 0;
        var branch = pipelines.Scope.Mark;
        open.Push(token);
        var body = Nodes(out var last);
        pipelines.Scope.Devalue(branch);
        ranges -= word == TokenKind.RangeWord ? 1 : 0;
        if (body is not { } nodes || Otherwise(token, last) is not { } otherwise)
        {
            return null;
        }

        open.Pop();
        pipelines.Scope.Return(mark);
        var position = pipeline.Position;
        return Of(
            word switch
            {
                TokenKind.IfWord => new Node.If(position, pipeline, nodes, otherwise),
                TokenKind.WithWord => new Node.With(position, pipeline, nodes, otherwise),
                _ => new Node.Range(position, pipeline, nodes, otherwise),
            }
        );
    }

    /// <summary><c>{{else if}}</c> is an else with an if in it that shares its end; <c>{{else with}}</c> alike.</summary>
    private ImmutableArray<Node>? Otherwise(Token token, string last)
    {
        var word = token.Kind;
        if (last == "end")
        {
            return [];
        }

        if (word != TokenKind.RangeWord && reader.Peek().Kind == word)
        {
            var inner = reader.Next();
            if (Nested(() => Control(inner)) is not { Node: { } node })
            {
                return null;
            }

            return [node];
        }

        return Closed("an else", token);
    }

    /// <summary>Nodes up to <c>{{end}}</c>.</summary>
    private ImmutableArray<Node>? Closed(string place, Token word)
    {
        open.Push(word);
        var nodes = Nodes(out var last);
        if (nodes is not null && last != "end")
        {
            reader.Fail(
                $"{{{{ else }}}} is not expected in {place}; remove it, or check which block the last {{{{ end }}}} closed"
            );
        }

        open.Pop();

        return reader.Fault is null ? nodes : null;
    }

    private ImmutableArray<Node>? Nodes(out string last)
    {
        last = "";
        var nodes = ImmutableArray.CreateBuilder<Node>();
        while (reader.PeekPastSpace().Kind != TokenKind.End)
        {
            if (Nested(TextOrAction) is not { } part)
            {
                return null;
            }

            if (part.Node is null)
            {
                last = part.Word;
                return nodes.ToImmutable();
            }

            nodes.Add(part.Node);
        }

        reader.Fail(Unclosed());
        return null;
    }

    /// <summary>The innermost block that is open. A forgotten end may also be that of a block in it.</summary>
    private string Unclosed() =>
        open.TryPeek(out var word)
            ? $"the {reader.Action(word)} of line {reader.At(word).Line} has no {{{{ end }}}}, or a block in it has none"
            : "an {{ end }} is missing before";

    private Part? Nested(Func<Part?> read)
    {
        if (nesting == MaxNesting)
        {
            reader.Fail($"blocks stand more than {MaxNesting} deep");
            return null;
        }

        nesting++;
        var part = read();
        nesting--;
        return part;
    }
}
