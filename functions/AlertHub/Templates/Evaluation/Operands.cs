using System.Collections.Immutable;
using AlertHub.Templates.Parsing;
using AlertHub.Templates.Printing;
using AlertHub.Templates.Values;

namespace AlertHub.Templates.Evaluation;

/// <summary>
/// Evaluates pipelines and what they are made of. After each evaluation the rendering may have failed; the value is then
/// nothing.
/// </summary>
internal sealed class Operands
{
    private readonly Rendering rendering;
    private readonly Variables variables;
    private readonly Calls calls;

    public Operands(Rendering rendering, Variables variables)
    {
        (this.rendering, this.variables) = (rendering, variables);
        calls = new(rendering, this);
    }

    public object? Pipeline(Pipeline pipeline, object? dot)
    {
        if (!rendering.Enter())
        {
            return null;
        }

        rendering.At = pipeline;
        object? value = Calls.Absent;
        foreach (var command in pipeline.Commands)
        {
            value = Command(command, dot, value);
            if (rendering.HasFailed || !rendering.Step())
            {
                return null;
            }
        }

        foreach (var variable in pipeline.Declarations)
        {
            Set(variable, value);
        }

        rendering.Leave();
        return value;
    }

    public void Set(Operand.Variable variable, object? value)
    {
        if (variable.Slot < 0)
        {
            Undeclared(variable);
        }
        else
        {
            variables[variable.Slot] = value;
        }
    }

    private object? Command(Command command, object? dot, object? final)
    {
        var first = command.Operands[0];
        switch (first)
        {
            case Operand.Field field:
                rendering.At = field;
                return Fields(dot, dot, field.Names, command, final, isPart: false);
            case Operand.Chain chain:
                return Chain(chain, dot, command, final);
            case Operand.Function function:
                rendering.At = function;
                return calls.Invoke(function.Callee, receiver: null, new(dot, command, final), command);
            case Operand.Nested nested:
                return IsAlone(command, final) ? Pipeline(nested.Pipeline, dot) : null;
            case Operand.Variable variable:
                return Variable(variable, dot, command, final);
        }

        rendering.At = first;
        if (!IsAlone(command, final))
        {
            return null;
        }

        return first is Operand.Nil ? rendering.Fail("nil alone is no command") : Constant(first, dot);
    }

    /// <summary>An operand that is an argument, of whatever type it has.</summary>
    public object? Argument(Operand operand, object? dot)
    {
        switch (operand)
        {
            case Operand.Field field:
                rendering.At = field;
                return Fields(dot, dot, field.Names, command: null, Calls.Absent, isPart: false);
            case Operand.Variable variable:
                return Variable(variable, dot, command: null, Calls.Absent);
            case Operand.Nested nested:
                return Pipeline(nested.Pipeline, dot);
            case Operand.Function function:
                rendering.At = function;
                return calls.Invoke(function.Callee, receiver: null, new(dot, Command: null, Calls.Absent), function);
            case Operand.Chain chain:
                return Chain(chain, dot, command: null, Calls.Absent);
            default:
                rendering.At = operand;
                return Constant(operand, dot);
        }
    }

    private object? Constant(Operand operand, object? dot) =>
        operand switch
        {
            Operand.Dot => dot,
            Operand.Bool constant => constant.Value,
            Operand.Text text => text.Value,
            Operand.Number { Ideal: { } ideal } => ideal,
            Operand.Number number => rendering.Fail($"{number.Source} is too large for an int"),
            _ => null,
        };

    private object? Chain(Operand.Chain chain, object? dot, Command? command, object? final)
    {
        rendering.At = chain;
        var inner = Argument(chain.Inner, dot);
        return rendering.HasFailed
            ? null
            : Fields(inner, dot, chain.Names, command, final, isPart: chain.Inner is Operand.Function, chain);
    }

    private object? Variable(Operand.Variable variable, object? dot, Command? command, object? final)
    {
        rendering.At = variable;
        if (variable.Slot < 0)
        {
            return Undeclared(variable);
        }

        var value = variables[variable.Slot];
        if (!variable.Names.IsEmpty)
        {
            return Fields(value, dot, variable.Names, command, final, isPart: false, variable);
        }

        return command is null || IsAlone(command, final) ? value : null;
    }

    private object? Undeclared(Operand.Variable variable) =>
        rendering.Fail($"the variable {variable.Name} has no value yet; declare it with {variable.Name} := value");

    private bool IsAlone(Command command, object? final)
    {
        if (command.Operands.Length == 1 && ReferenceEquals(final, Calls.Absent))
        {
            return true;
        }

        rendering.Fail($"{command.Operands[0]} is not a function and takes no arguments");
        return false;
    }

    /// <summary>Walks from a value through fields, keys and methods; the last may take the command's arguments.</summary>
    private object? Fields(
        object? value,
        object? dot,
        ImmutableArray<string> names,
        Command? command,
        object? final,
        bool isPart,
        Operand? node = null
    )
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (value is null)
            {
                // As in Go, nothing has nothing in it, but a part that is nil is an error.
                return isPart ? rendering.Fail($"{names[i]} is asked of a nil value") : null;
            }

            if (!rendering.Step())
            {
                return null;
            }

            var isLast = i == names.Length - 1;
            var arguments = new Arguments(dot, isLast ? command : null, isLast ? final : Calls.Absent);
            value = Field(value, names[i], arguments, node ?? rendering.At);
            if (rendering.HasFailed)
            {
                return null;
            }

            isPart = true;
        }

        return value;
    }

    private object? Field(object value, string name, Arguments arguments, object? node)
    {
        if (value is GoValue typed && typed.Method(name) is { } method)
        {
            return calls.Invoke(method, value, arguments, node);
        }

        object? found;
        switch (value)
        {
            case StructValue structure when structure.TryField(name, out found):
                break;
            case MapValue map:
                found = map.TryGet(name, out var entry) ? entry : map.Missing;
                break;
            default:
                return rendering.Fail($"a value of type {Printer.TypeName(value)} has no field or method {name}");
        }

        return arguments.IsEmpty ? found : rendering.Fail($"{name} is not a method and takes no arguments");
    }
}
