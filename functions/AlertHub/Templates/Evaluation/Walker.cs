using System.Collections.Immutable;
using AlertHub.Templates.Functions;
using AlertHub.Templates.Parsing;
using AlertHub.Templates.Values;

namespace AlertHub.Templates.Evaluation;

/// <summary>Executes the nodes of a template, and of those that it calls.</summary>
internal sealed class Walker
{
    private readonly Rendering rendering;
    private readonly Variables variables = new();
    private readonly Operands operands;

    public Walker(Rendering rendering)
    {
        this.rendering = rendering;
        operands = new(rendering, variables);
    }

    /// <summary>What follows after a node.</summary>
    private enum Flow
    {
        Next,
        Break,
        Continue,
        Stop,
    }

    public void Run(TemplateTree tree, object? dot)
    {
        var template = rendering.Template;
        var outer = variables.Enter(tree.Slots);
        rendering.Template = tree.Name;
        variables[0] = dot;
        Walk(tree.Nodes, dot);
        variables.Leave(outer);
        rendering.Template = template;
    }

    private Flow Walk(ImmutableArray<Node> nodes, object? dot)
    {
        if (!rendering.Enter())
        {
            return Flow.Stop;
        }

        var flow = Flow.Next;
        for (var i = 0; i < nodes.Length && flow == Flow.Next; i++)
        {
            flow = Walk(nodes[i], dot);
        }

        rendering.Leave();
        return flow;
    }

    private Flow Walk(Node node, object? dot)
    {
        rendering.At = node;
        if (!rendering.Step())
        {
            return Flow.Stop;
        }

        switch (node)
        {
            case Node.Text text:
                rendering.Output.Append(text.Value);
                return rendering.HasRoom() ? Flow.Next : Flow.Stop;
            case Node.Action action:
                return Print(action, dot);
            case Node.If branch:
                var condition = operands.Pipeline(branch.Pipeline, dot);
                return rendering.HasFailed ? Flow.Stop : Walk(Truth.Of(condition) ? branch.Then : branch.Else, dot);
            case Node.With with:
                var value = operands.Pipeline(with.Pipeline, dot);
                return rendering.HasFailed ? Flow.Stop
                    : Truth.Of(value) ? Walk(with.Then, value)
                    : Walk(with.Else, dot);
            case Node.Range range:
                return Range(range, dot);
            case Node.Template call:
                return Call(call, dot);
            case Node.Break:
                return Flow.Break;
            default:
                return Flow.Continue;
        }
    }

    private Flow Print(Node.Action action, object? dot)
    {
        var value = operands.Pipeline(action.Pipeline, dot);
        if (rendering.HasFailed)
        {
            return Flow.Stop;
        }

        if (!action.Pipeline.Declarations.IsEmpty)
        {
            return Flow.Next;
        }

        rendering.At = action;
        if (value is TemplateFunction function)
        {
            rendering.Fail($"the function {function.Name} cannot be printed");
            return Flow.Stop;
        }

        if (value is string text)
        {
            rendering.Output.Append(text);
        }
        else
        {
            rendering.Printer.Action(value);
        }

        return rendering.HasRoom() ? Flow.Next : Flow.Stop;
    }

    private Flow Call(Node.Template call, object? dot)
    {
        if (rendering.Set.Find(call.Name) is not { } tree)
        {
            rendering.Fail($"there is no template \"{call.Name}\"");
            return Flow.Stop;
        }

        var argument = call.Pipeline is null ? null : operands.Pipeline(call.Pipeline, dot);
        if (!rendering.HasFailed)
        {
            Run(tree, argument);
        }

        return rendering.HasFailed ? Flow.Stop : Flow.Next;
    }

    private Flow Range(Node.Range range, object? dot)
    {
        var over = operands.Pipeline(range.Pipeline, dot);
        if (rendering.HasFailed)
        {
            return Flow.Stop;
        }

        switch (over)
        {
            case null:
                return Walk(range.Else, dot);
            case ListValue list:
                return Turns(
                    range,
                    dot,
                    list.Count,
                    list,
                    static (list, i) => (long)i,
                    static (list, i) => list.Items[i]
                );
            case MapValue map:
                return Turns(range, dot, map.Keys.Count, map, static (map, i) => map.Keys[i], ValueAt);
            case long count:
                return Count(range, dot, count);
            case IntegerValue { Type.Kind: GoKind.Signed or GoKind.Unsigned } count:
                return Count(range, dot, count.Number);
            default:
                rendering.Fail($"a range cannot go through a value of type {Printing.Printer.TypeName(over)}");
                return Flow.Stop;
        }
    }

    private static object? ValueAt(MapValue map, int index)
    {
        map.TryGet(map.Keys[index], out var value);
        return value;
    }

    private Flow Count(Node.Range range, object? dot, long count)
    {
        if (range.Pipeline.Declarations.Length > 1)
        {
            rendering.Fail("a range over a number has one variable");
            return Flow.Stop;
        }

        // More turns than an int holds exceed the steps anyway.
        var turns = (int)Math.Clamp(count, 0, int.MaxValue);
        return Turns(range, dot, turns, range, static (_, i) => (long)i, static (_, i) => (long)i);
    }

    private Flow Turns<T>(
        Node.Range range,
        object? dot,
        int count,
        T source,
        Func<T, int, object?> keyAt,
        Func<T, int, object?> valueAt
    )
    {
        if (count == 0)
        {
            return Walk(range.Else, dot);
        }

        var declarations = range.Pipeline.Declarations;
        for (var i = 0; i < count; i++)
        {
            if (!rendering.Step())
            {
                return Flow.Stop;
            }

            var value = valueAt(source, i);
            if (!declarations.IsEmpty)
            {
                if (declarations.Length > 1)
                {
                    operands.Set(declarations[0], keyAt(source, i));
                }

                operands.Set(declarations[^1], value);
            }

            switch (Walk(range.Body, value))
            {
                case Flow.Stop:
                    return Flow.Stop;
                case Flow.Break:
                    return Flow.Next;
            }
        }

        return Flow.Next;
    }
}
