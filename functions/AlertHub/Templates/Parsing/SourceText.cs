using System.Collections.Immutable;

namespace AlertHub.Templates.Parsing;

/// <summary>Writes parts of a template back as source, in one canonical form, for messages.</summary>
internal static class SourceText
{
    public static string Of(Pipeline pipeline)
    {
        var commands = string.Join(" | ", pipeline.Commands);
        return pipeline.Declarations.IsEmpty
            ? commands
            : $"{string.Join(", ", pipeline.Declarations)} {(pipeline.IsAssignment ? "=" : ":=")} {commands}";
    }

    public static string Of(Command command) => string.Join(' ', command.Operands);

    public static string Of(Operand operand) =>
        operand switch
        {
            Operand.Dot => ".",
            Operand.Nil => "nil",
            Operand.Bool constant => constant.Value ? "true" : "false",
            Operand.Number number => number.Source,
            Operand.Text text => text.Source,
            Operand.Function function => function.Callee.Name,
            Operand.Field field => Dotted(field.Names),
            Operand.Variable variable => variable.Name + Dotted(variable.Names),
            Operand.Chain chain => chain.Inner + Dotted(chain.Names),
            Operand.Nested nested => $"({nested.Pipeline})",
            _ => throw new ArgumentException($"{operand.GetType()} is no operand", nameof(operand)),
        };

    public static string Of(Node node) =>
        node switch
        {
            Node.Text text => text.Value,
            Node.Action action => $"{{{{{action.Pipeline}}}}}",
            Node.If branch => Block("if", branch.Pipeline, branch.Then, branch.Else),
            Node.With branch => Block("with", branch.Pipeline, branch.Then, branch.Else),
            Node.Range loop => Block("range", loop.Pipeline, loop.Body, loop.Else),
            Node.Template { Pipeline: null } call => $"{{{{template \"{call.Name}\"}}}}",
            Node.Template call => $"{{{{template \"{call.Name}\" {call.Pipeline}}}}}",
            Node.Break => "{{break}}",
            Node.Continue => "{{continue}}",
            _ => throw new ArgumentException($"{node.GetType()} is no node", nameof(node)),
        };

    private static string Block(
        string word,
        Pipeline pipeline,
        ImmutableArray<Node> body,
        ImmutableArray<Node> otherwise
    )
    {
        var rest = otherwise.IsEmpty ? "" : "{{else}}" + string.Concat(otherwise);
        return $"{{{{{word} {pipeline}}}}}{string.Concat(body)}{rest}{{{{end}}}}";
    }

    private static string Dotted(ImmutableArray<string> names) => names.IsEmpty ? "" : "." + string.Join('.', names);
}
