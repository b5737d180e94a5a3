using System.Text;
using AlertHub.Templates.Evaluation;
using AlertHub.Templates.Printing;
using AlertHub.Templates.Values;

namespace AlertHub.Templates.Functions;

/// <summary>The functions of text/template itself.</summary>
internal static class Builtin
{
    public static IReadOnlyList<TemplateFunction> All { get; } =
    [
        new("and", [GoType.Any], static (in call) => null) { Rest = GoType.Any, StopsAt = false },
        new("or", [GoType.Any], static (in call) => null) { Rest = GoType.Any, StopsAt = true },
        new("not", [GoType.Any], static (in call) => !Truth.Of(call.Arguments[0])),
        new("eq", [GoType.Any], static (in call) => Comparison.EqualsAny(call.Arguments)) { Rest = GoType.Any },
        new("ne", [GoType.Any, GoType.Any], static (in call) => Not(Comparison.EqualsAny(call.Arguments))),
        new("lt", [GoType.Any, GoType.Any], static (in call) => Comparison.IsLess(call.Arguments)),
        new("le", [GoType.Any, GoType.Any], static (in call) => Comparison.IsLessOrEqual(call.Arguments)),
        new("gt", [GoType.Any, GoType.Any], static (in call) => Not(Comparison.IsLessOrEqual(call.Arguments))),
        new("ge", [GoType.Any, GoType.Any], static (in call) => Not(Comparison.IsLess(call.Arguments))),
        new("len", [GoType.Any], static (in call) => Indexing.Length(call.Arguments[0])),
        new("index", [GoType.Any], static (in call) => Indexing.Index(call.Arguments)) { Rest = GoType.Any },
        new("slice", [GoType.Any], static (in call) => Indexing.Slice(call.Arguments)) { Rest = GoType.Any },
        new("print", [], static (in call) => Print(call)) { Rest = GoType.Any },
        new("println", [], static (in call) => PrintLine(call)) { Rest = GoType.Any },
        new("printf", [GoType.String], static (in call) => Format(call)) { Rest = GoType.Any },
        new("html", [], static (in call) => Escape(call, Escaping.Html)) { Rest = GoType.Any },
        new("js", [], static (in call) => Escape(call, Escaping.JavaScript)) { Rest = GoType.Any },
        new("urlquery", [], static (in call) => Escape(call, Escaping.UrlQuery)) { Rest = GoType.Any },
        new("call", [GoType.Any], static (in call) => Call(call)) { Rest = GoType.Any },
    ];

    private static object? Not(object? truth) => truth is bool value ? !value : truth;

    private static object Print(in TemplateCall call)
    {
        var text = new StringBuilder();
        var printer = new Printer(text, call.Limits.Characters);
        printer.Print(call.Arguments);
        return Result(text, printer);
    }

    private static object PrintLine(in TemplateCall call)
    {
        var text = new StringBuilder();
        var printer = new Printer(text, call.Limits.Characters);
        printer.PrintLine(call.Arguments);
        return Result(text, printer);
    }

    private static object Format(in TemplateCall call)
    {
        var text = new StringBuilder();
        var printer = new Printer(text, call.Limits.Characters);
        printer.Format(call.Text(0), call.Arguments[1..]);
        return Result(text, printer);
    }

    private static object Result(StringBuilder text, Printer printer) =>
        printer.Excess is { } excess ? new CallError(excess) : text.ToString();

    /// <summary>The escaping functions see what an action would print.</summary>
    private static object Escape(in TemplateCall call, Func<string, string> escape)
    {
        if (call.Arguments is [string only])
        {
            return escape(only);
        }

        var text = new StringBuilder();
        var printer = new Printer(text, call.Limits.Characters);
        printer.PrintActions(call.Arguments);
        return printer.Excess is { } excess ? new CallError(excess) : escape(text.ToString());
    }

    /// <summary>Calls a function that is a value. No data of ours has one; Go's templates can.</summary>
    private static object? Call(in TemplateCall call)
    {
        if (call.Arguments[0] is not TemplateFunction function)
        {
            return new CallError(
                call.Arguments[0] is { } value
                    ? $"{Printer.TypeName(value)} is not a function"
                    : "nil is not a function"
            );
        }

        var arguments = call.Arguments[1..];
        var wanted = function.Parameters.Count;
        if (arguments.Length < wanted || (arguments.Length > wanted && function.Rest is null))
        {
            return new CallError($"the function takes {wanted} arguments, not {arguments.Length}");
        }

        for (var i = 0; i < arguments.Length; i++)
        {
            var type = function.Parameter(i) ?? GoType.Any;
            if (arguments[i] is null ? !type.CanBeNil : !GoType.Of(arguments[i] ?? "").IsAssignableTo(type))
            {
                return new CallError($"argument {i + 1} must be {type}");
            }
        }

        return function.Body(new TemplateCall(null, arguments, call.Environment, call.Limits, call.Spend));
    }
}
