using System.Text.RegularExpressions;
using AlertHub.Alerts;
using AlertHub.Matching;

namespace AlertHub.Local.Commands;

/// <summary>
/// Labels as arguments: <c>severity=page</c>, <c>team=web shop</c>, in quotes with escapes, <c>path="C:\\x"</c>, or several
/// as a set, <c>{severity="page", team="db"}</c>.
/// </summary>
internal static partial class LabelArguments
{
    public static Labels? Parse(IReadOnlyList<string> arguments, out string? objection)
    {
        objection = null;
        var labels = new List<Label>();
        foreach (var argument in arguments)
        {
            if (Parse(argument, out objection) is not { } given)
            {
                return null;
            }

            foreach (var label in given)
            {
                if (labels.Any(l => l.Name == label.Name))
                {
                    objection = $"\"{argument}\": the label \"{label.Name}\" was given already; an alert has it once";
                    return null;
                }

                labels.Add(label);
            }
        }

        return Labels.Of(labels);
    }

    private static Label[]? Parse(string argument, out string? objection)
    {
        objection = null;
        if (argument.StartsWith('{') || (argument.Contains("=\"", StringComparison.Ordinal) && argument.EndsWith('"')))
        {
            if (
                MatcherSyntax.Parse(argument, out _) is { } quoted
                && quoted.All(static matcher => matcher.Operator == MatchOperator.Equal)
            )
            {
                return [.. quoted.Select(static matcher => new Label(matcher.Name, matcher.Value))];
            }
        }
        else if (
            argument.IndexOf('=', StringComparison.Ordinal) is var equals
            && equals > 0
            && argument[equals - 1] != '!'
            && !argument.AsSpan(equals + 1).StartsWith("~")
        )
        {
            var (name, value) = (argument[..equals].Trim(), argument[(equals + 1)..]);
            if (!AnotherLabel().IsMatch(value))
            {
                return [new(name, value)];
            }

            objection =
                $"\"{argument}\" looks like several labels; write them apart, with spaces between, or the value in quotes if the comma belongs to it: '{name}=\"{value}\"'";
            return null;
        }

        objection = $"\"{argument}\" is no label; write name=value, as in severity=page";
        return null;
    }

    [GeneratedRegex("""^[^"]*,\s*[A-Za-z_][A-Za-z0-9_]*\s*=""")]
    private static partial Regex AnotherLabel();
}
