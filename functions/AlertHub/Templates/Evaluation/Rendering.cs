using System.Runtime.CompilerServices;
using System.Text;
using AlertHub.Templates.Parsing;
using AlertHub.Templates.Printing;
using AlertHub.Templates.Values;

namespace AlertHub.Templates.Evaluation;

/// <summary>The state of one rendering: what was written, what it cost, where it is and what went wrong.</summary>
internal sealed class Rendering
{
    /// <summary>Characters or elements of a function's arguments and result that count as one step.</summary>
    private const int UnitsPerStep = 16;

    /// <summary>Of an expression that a fault shows, so that none quotes a whole template.</summary>
    private const int LongestExpression = 200;

    /// <summary>A reason may quote a value, and a value may be a whole page.</summary>
    private const int LongestReason = 1_000;

    private int steps;
    private int depth;

    public Rendering(TemplateSet set, TemplateEnvironment environment, TemplateLimits limits)
    {
        (Set, Environment, Limits) = (set, environment, limits);
        Printer = new(Output, limits.Characters);
    }

    public TemplateSet Set { get; }

    public TemplateEnvironment Environment { get; }

    public TemplateLimits Limits { get; }

    public StringBuilder Output { get; } = new();

    public Printer Printer { get; }

    public TemplateFault? Fault { get; private set; }

    public bool HasFailed => Fault is not null;

    /// <summary>The part of the tree that is looked at: a fault is reported there.</summary>
    public object? At { get; set; }

    /// <summary>The name of the template that is executed.</summary>
    public string Template { get; set; } = "";

    public object? Fail(string reason)
    {
        if (Fault is null)
        {
            var position = At switch
            {
                Node node => node.Position,
                Pipeline pipeline => pipeline.Position,
                Command command => command.Position,
                Operand operand => operand.Position,
                _ => (Position?)null,
            };
            Fault = new()
            {
                Template = position?.Source.Name ?? Template,
                Line = position?.Line ?? 0,
                Column = position?.Column,
                Executing = position is null ? null : (Template, Shortened(At?.ToString() ?? "", LongestExpression)),
                Reason = Shortened(reason, LongestReason),
            };
        }

        return null;
    }

    private static string Shortened(string text, int most) => text.Length <= most ? text : text[..most] + "…";

    /// <summary>False where the steps are used up.</summary>
    public bool Step(int cost = 1)
    {
        steps += cost;
        if (steps <= Limits.Steps)
        {
            return true;
        }

        Fail($"the limit of {Limits.Steps} steps is reached; does a range or a template run in circles?");
        return false;
    }

    /// <summary>Taking in or returning a value costs by its size.</summary>
    public bool Pay(object? value)
    {
        var size = value switch
        {
            string text => text.Length,
            NamedText text => text.Value.Length,
            ListValue list => list.Count,
            MapValue map => map.Keys.Count,
            _ => 0,
        };
        if (size > Limits.Characters)
        {
            Fail($"a value is longer than the limit of {Limits.Characters} characters");
            return false;
        }

        return Step(size / UnitsPerStep);
    }

    /// <summary>Goes one level deeper, unless that is too deep. <see cref="Leave"/> goes back.</summary>
    public bool Enter()
    {
        depth++;
        if (depth > Limits.Depth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            Fail($"the limit of {Math.Min(depth, Limits.Depth)} levels is reached; does a template call itself?");
            return false;
        }

        return true;
    }

    public void Leave() => depth--;

    public bool HasRoom()
    {
        if (Output.Length <= Limits.Characters && Printer.Excess is null)
        {
            return true;
        }

        Fail(
            Output.Length > Limits.Characters
                ? $"the output is longer than the limit of {Limits.Characters} characters"
                : Printer.Excess ?? ""
        );
        return false;
    }
}
