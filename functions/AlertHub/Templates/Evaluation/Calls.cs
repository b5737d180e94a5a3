using AlertHub.Templates.Functions;
using AlertHub.Templates.Parsing;
using AlertHub.Templates.Printing;
using AlertHub.Templates.Values;

namespace AlertHub.Templates.Evaluation;

/// <summary>Calls functions and methods: counts, evaluates, checks and converts the arguments as Go does.</summary>
internal sealed class Calls(Rendering rendering, Operands operands)
{
    private readonly Func<int, bool> spend = cost => rendering.Step(cost);
    private object?[] stack = new object?[16];
    private int top;

    /// <summary>No value, which is not the same as nil.</summary>
    public static object Absent { get; } = new();

    /// <param name="function">What is called.</param>
    /// <param name="receiver">Of a method, its value.</param>
    /// <param name="arguments">Not yet evaluated.</param>
    /// <param name="node">Where the function's own error is reported.</param>
    public object? Invoke(TemplateFunction function, object? receiver, Arguments arguments, object? node)
    {
        var count = arguments.Written + (arguments.HasFinal ? 1 : 0);
        var wanted = function.Parameters.Count;
        if (count < wanted || (count > wanted && function.Rest is null))
        {
            var least = function.Rest is null ? "" : "at least ";
            return rendering.Fail($"{function.Name} takes {least}{wanted} arguments, not {count}");
        }

        if (!rendering.Step(count))
        {
            return null;
        }

        if (function.StopsAt is { } stop)
        {
            return Logic(arguments, stop);
        }

        var start = top;
        top += count;
        if (top > stack.Length)
        {
            Array.Resize(ref stack, Math.Max(top, stack.Length * 2));
        }

        var value = Evaluate(function, arguments, start) ? Run(function, receiver, start, count, node) : null;
        Array.Clear(stack, start, count);
        top = start;
        return value;
    }

    private bool Evaluate(TemplateFunction function, Arguments arguments, int start)
    {
        for (var i = 0; i < arguments.Written; i++)
        {
            var value = Argument(arguments, i, function.Parameter(i));
            if (rendering.HasFailed || !rendering.Pay(value))
            {
                return false;
            }

            stack[start + i] = value;
        }

        if (arguments.HasFinal)
        {
            stack[start + arguments.Written] = Checked(arguments.Final, function.Parameter(arguments.Written));
            return !rendering.HasFailed && rendering.Pay(arguments.Final);
        }

        return true;
    }

    private object? Run(TemplateFunction function, object? receiver, int start, int count, object? node)
    {
        if (!rendering.Pay(receiver))
        {
            return null;
        }

        var result = function.Body(
            new TemplateCall(receiver, stack.AsSpan(start, count), rendering.Environment, rendering.Limits, spend)
        );
        if (result is CallError error)
        {
            rendering.At = node;
            return rendering.Fail($"{function.Name} failed: {error.Reason}");
        }

        return rendering.Pay(result) ? result : null;
    }

    /// <summary><c>and</c> and <c>or</c>: what comes after the deciding argument is not evaluated.</summary>
    private object? Logic(Arguments arguments, bool stop)
    {
        object? value = null;
        for (var i = 0; i < arguments.Written; i++)
        {
            value = Argument(arguments, i, GoType.Any);
            if (rendering.HasFailed || Truth.Of(value) == stop)
            {
                return value;
            }
        }

        return arguments.HasFinal ? arguments.Final : value;
    }

    private object? Argument(Arguments arguments, int index, GoType? type)
    {
        var operand = arguments.Command?.Operands[index + 1];
        rendering.At = operand;
        return operand switch
        {
            Operand.Nil => type is { CanBeNil: false } ? rendering.Fail($"nil is not {type}") : null,
            Operand.Bool or Operand.Number or Operand.Text => Constant(operand, type ?? GoType.Any, arguments.Dot),
            null => null,
            _ => Checked(operands.Argument(operand, arguments.Dot), type),
        };
    }

    /// <summary>A constant takes the parameter's type where it can.</summary>
    private object? Constant(Operand operand, GoType type, object? dot)
    {
        object? value = (type.Kind, operand) switch
        {
            (GoKind.Any, _) => operands.Argument(operand, dot),
            (GoKind.Bool, Operand.Bool constant) => constant.Value,
            (GoKind.String, Operand.Text text) when type.Equals(GoType.String) => text.Value,
            (GoKind.String, Operand.Text text) => new NamedText(type, text.Value),
            (GoKind.Signed, Operand.Number { Signed: { } signed }) when type.Equals(GoType.Int) => signed,
            (GoKind.Signed, Operand.Number { Signed: { } signed }) => new IntegerValue(type, signed),
            (GoKind.Unsigned, Operand.Number { Unsigned: { } unsigned }) => new IntegerValue(type, (long)unsigned),
            (GoKind.Float, Operand.Number { Float: { } number }) => number,
            _ => null,
        };
        return value ?? rendering.Fail($"{type} is wanted here, not {operand}");
    }

    private object? Checked(object? value, GoType? type)
    {
        if (rendering.HasFailed || type is null)
        {
            return value;
        }

        if (value is null)
        {
            return type.CanBeNil ? null : rendering.Fail($"{type} is wanted here, and there is no value");
        }

        return GoType.Of(value).IsAssignableTo(type)
            ? value
            : rendering.Fail($"{type} is wanted here, not {Printer.TypeName(value)}");
    }
}
