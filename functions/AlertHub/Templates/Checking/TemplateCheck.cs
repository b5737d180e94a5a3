using System.Collections.Immutable;
using AlertHub.Configuration;
using AlertHub.Templates.Parsing;
using AlertHub.Templates.Values;

namespace AlertHub.Templates.Checking;

/// <summary>
/// Finds without any data what will fail whenever it is reached: templates and fields that do not exist. Follows a
/// template into those that it calls. What a variable or a function hands on may be anything; nothing is said of it.
/// </summary>
internal sealed class TemplateCheck
{
    private readonly TemplateSet templates;
    private readonly bool isComplete;
    private readonly List<TemplateFault> faults = [];
    private readonly HashSet<(string Name, GoType? Dot)> seen = [];
    private readonly HashSet<(string Source, int Offset)> told = [];

    /// <summary>Templates that are called, not yet read: a chain of calls may be longer than a stack is deep.</summary>
    private readonly Queue<(TemplateTree Tree, GoType? Dot)> called = [];

    private TemplateCheck(TemplateSet templates, bool isComplete) =>
        (this.templates, this.isComplete) = (templates, isComplete);

    /// <summary>The type of <c>$</c> in the template that is being read; null where it may be anything.</summary>
    private GoType? dollar;

    /// <param name="templates">The set.</param>
    /// <param name="name">The template to begin with.</param>
    /// <param name="dot">What it is given; null where that is not known.</param>
    /// <param name="isComplete">False where more templates may exist than the set has.</param>
    public static IReadOnlyList<TemplateFault> Of(TemplateSet templates, string name, GoType? dot, bool isComplete)
    {
        var check = new TemplateCheck(templates, isComplete);
        check.Enter(name, dot);
        while (check.called.TryDequeue(out var next))
        {
            check.dollar = AssignsDollar(next.Tree) ? null : next.Dot;
            check.Read(next.Tree.Nodes, next.Dot);
        }

        return check.faults;
    }

    private void Enter(string name, GoType? dot)
    {
        if (templates.Find(name) is { } tree && seen.Add((name, dot)))
        {
            called.Enqueue((tree, dot));
        }
    }

    private static bool AssignsDollar(TemplateTree tree) =>
        string.Concat(tree.Nodes).Contains("$ = ", StringComparison.Ordinal);

    private void Read(ImmutableArray<Node> nodes, GoType? dot)
    {
        foreach (var node in nodes)
        {
            Read(node, dot);
        }
    }

    private void Read(Node node, GoType? dot)
    {
        switch (node)
        {
            case Node.Action action:
                Type(action.Pipeline, dot);
                break;
            case Node.If branch:
                Type(branch.Pipeline, dot);
                Read(branch.Then, dot);
                Read(branch.Else, dot);
                break;
            case Node.With branch:
                Read(branch.Then, Type(branch.Pipeline, dot));
                Read(branch.Else, dot);
                break;
            case Node.Range loop:
                Read(loop.Body, Type(loop.Pipeline, dot)?.Element);
                Read(loop.Else, dot);
                break;
            case Node.Template call:
                Call(call, dot);
                break;
        }
    }

    private void Call(Node.Template call, GoType? dot)
    {
        var argument = call.Pipeline is null ? null : Type(call.Pipeline, dot);
        if (isComplete && templates.Find(call.Name) is null)
        {
            var known = templates.Trees.Keys.Where(static name => name.Length > 0);
            var meant = Suggestion.For(call.Name, known);
            Tell(
                call.Position,
                $"there is no template \"{call.Name}\"{(meant.Length > 0 ? meant : "; define it in a file that templates: names")}"
            );
        }

        Enter(call.Name, argument);
    }

    /// <summary>The type of a pipeline's value; null where it may be anything.</summary>
    private GoType? Type(Pipeline pipeline, GoType? dot)
    {
        GoType? type = null;
        foreach (var command in pipeline.Commands)
        {
            type = Type(command, dot);
        }

        return type;
    }

    private GoType? Type(Command command, GoType? dot)
    {
        GoType?[] types = [.. command.Operands.Select(operand => Type(operand, dot))];
        return types[0];
    }

    private GoType? Type(Operand operand, GoType? dot) =>
        operand switch
        {
            Operand.Dot => dot,
            // Go gives fields the place of the second of them.
            Operand.Field field => Fields(dot, field.Names, field.Position, Math.Min(1, field.Names.Length - 1)),
            Operand.Variable { Slot: 0 } variable => Fields(dollar, variable.Names, variable.Position, 0),
            Operand.Chain chain => Fields(Type(chain.Inner, dot), chain.Names, chain.Position, 0),
            Operand.Nested nested => Type(nested.Pipeline, dot),
            _ => null,
        };

    /// <param name="type">Of the value whose fields are taken.</param>
    /// <param name="names">The fields, each of what the one before it is.</param>
    /// <param name="position">Where one of them stands.</param>
    /// <param name="placed">Which one.</param>
    private GoType? Fields(GoType? type, ImmutableArray<string> names, Position position, int placed)
    {
        var passedLabels = false;
        for (var i = 0; i < names.Length && type is not null; i++)
        {
            if (!KnownTypes.IsKnown(type))
            {
                return null;
            }

            var member = KnownTypes.Member(type, names[i]);
            if (member is null)
            {
                var between = names.Skip(Math.Min(i, placed)).Take(Math.Abs(i - placed)).Sum(static n => n.Length + 1);
                var at = position with { Offset = position.Offset + (i < placed ? -between : between) };
                var remedy = passedLabels
                    ? "; a name with dots is taken with index: {{ index .Labels \"a.b\" }}"
                    : Meant(type, names[i], isFirst: i == 0);
                Tell(at, $"{KnownTypes.Words(type)} has no \".{names[i]}\"{remedy}");
            }

            passedLabels = type.Kind == GoKind.Map;
            type = member;
        }

        return type;
    }

    /// <summary>Often the name is right and the place is wrong: alerts have labels, the notification has common labels.</summary>
    private string Meant(GoType type, string name, bool isFirst)
    {
        var (data, alert) = (TemplateData.DataType, Alertmanager.AlertValue.AlertType);
        return type.Equals(alert) && isFirst && data.Equals(dollar) && KnownTypes.Members(data).Contains(name)
                ? $"; the notification has it: $.{name}"
            : type.Equals(data) && KnownTypes.Members(alert).Contains(name)
                ? $"; each alert has it: {{{{ range .Alerts }}}}{{{{ .{name} }}}}{{{{ end }}}}"
            : alert.Equals(type.Element) && KnownTypes.Members(alert).Contains(name)
                ? "; each of them has it: go through them with {{ range }}"
            : Suggestion.For(name, KnownTypes.Members(type)) is { Length: > 0 } suggestion ? suggestion
            : KnownTypes.Members(type).Any()
                ? $"; it has {string.Join(", ", KnownTypes.Members(type).Order(StringComparer.Ordinal))}"
            : "";
    }

    private void Tell(Position at, string reason)
    {
        if (told.Add((at.Source.Name, at.Offset)))
        {
            faults.Add(
                new()
                {
                    Template = at.Source.Name,
                    Line = at.Line,
                    At = at,
                    Reason = reason,
                }
            );
        }
    }
}
