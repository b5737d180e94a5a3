using AlertHub.Templates.Functions;
using AlertHub.Templates.Parsing;

namespace AlertHub.Templates.Html;

/// <summary>
/// Puts escapers at the end of a pipeline. Where it ends with <c>html</c> or <c>urlquery</c> already, that stands in for
/// the escaper that does the same; anywhere else in a pipeline these two are refused, because what follows could undo
/// them.
/// </summary>
internal static class EscapedPipeline
{
    public static Pipeline Of(Pipeline pipeline, HtmlContext context, List<Escaper> escapers, out string? objection)
    {
        objection = null;
        var commands = pipeline.Commands;
        for (var i = 0; i < commands.Length; i++)
        {
            var isUnquoted = context is { State: HtmlState.Attribute, Delimiter: Delimiter.SpaceOrTagEnd };
            if (Predefined(commands[i]) is { } name && (i < commands.Length - 1 || (isUnquoted && name == "html")))
            {
                objection =
                    i < commands.Length - 1
                        ? $"has \"{name}\" before its end: leave it out, values are escaped as their place asks for"
                        : "has \"html\" in an attribute without quotes: leave it out, or put quotes around the value";
                return pipeline;
            }
        }

        if (commands is not [.., var last] || Predefined(last) is not { } predefined)
        {
            return pipeline with { Commands = [.. commands, Command(pipeline.Position, Escapers.Function(escapers))] };
        }

        var own = ((Operand.Function)last.Operands[0]).Callee;
        commands =
            last.Operands.Length == 1
                ? commands[..^1]
                :
                [
                    .. commands[..^1],
                    last with
                    {
                        Operands = last.Operands.SetItem(0, Operand(last.Position, Escapers.Arguments)),
                    },
                ];
        var equal = escapers.FindIndex(escaper => IsSame(predefined, escaper));
        List<TemplateFunction> functions =
            equal < 0
                ? [own, .. Function(escapers)]
                :
                [
                    .. Function(escapers[..equal]),
                    own,
                    .. Function(escapers[(equal + 1)..].FindAll(e => !IsSame(predefined, e))),
                ];
        return pipeline with
        {
            Commands = [.. commands, .. functions.Select(function => Command(last.Position, function))],
        };
    }

    private static IEnumerable<TemplateFunction> Function(List<Escaper> escapers) =>
        escapers.Count == 0 ? [] : [Escapers.Function(escapers)];

    private static string? Predefined(Command command) =>
        command.Operands is [Operand.Function { Callee.Name: "html" or "urlquery" } function, ..]
            ? function.Callee.Name
            : null;

    private static bool IsSame(string predefined, Escaper escaper) =>
        predefined == "html"
            ? escaper is Escaper.Html or Escaper.RawText or Escaper.Attribute
            : escaper is Escaper.UrlQuery or Escaper.UrlNormalizer;

    private static Command Command(Position position, TemplateFunction function) =>
        new(position, [Operand(position, function)]);

    private static Operand.Function Operand(Position position, TemplateFunction function) => new(position, function);
}
