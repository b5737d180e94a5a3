using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AlertHub.Templates.Parsing;

namespace AlertHub.Templates.Html;

/// <summary>
/// Makes templates write pages into which no value can bring markup or code of its own, as Go's html/template does: reads
/// the text around each value as a browser would and puts behind the value what its place asks for. A template that is
/// called from different places becomes a template for each.
/// </summary>
internal sealed class ContextualEscaping
{
    /// <summary>
    /// Loops in loops are read again where one changes what the next begins in; a page that anyone wrote takes a few
    /// thousand.
    /// </summary>
    private const int MostNodes = 200_000;

    /// <summary>Each place that a template is called from has a copy of its text.</summary>
    private const int MostCharacters = 20_000_000;

    private readonly TemplateSet templates;

    /// <summary>What calls of a template in a context end in: known, or assumed while the template is being read.</summary>
    private ImmutableDictionary<(string Name, HtmlContext Context), HtmlContext> ends = ImmutableDictionary<
        (string, HtmlContext),
        HtmlContext
    >.Empty;

    private ImmutableDictionary<(string Name, HtmlContext Context), TemplateTree> escaped = ImmutableDictionary<
        (string, HtmlContext),
        TemplateTree
    >.Empty;

    private readonly Dictionary<(string Name, HtmlContext Context), string> names = [];

    /// <summary>Templates that were called while they were being read.</summary>
    private readonly HashSet<(string Name, HtmlContext Context)> recursive = [];
    private readonly HashSet<(string Name, HtmlContext Context)> beingRead = [];

    private readonly Stack<List<HtmlContext>> loops = [];
    private int nodesRead;
    private int charactersRead;
    private TemplateFault? fault;

    private ContextualEscaping(TemplateSet templates) => this.templates = templates;

    /// <summary>The set with the template and all it calls made safe, or null and what is in the way.</summary>
    public static TemplateSet? Apply(TemplateSet templates, string name, out TemplateFault? fault)
    {
        var escaping = new ContextualEscaping(templates);
        var end = escaping.Call(name, default, new(new(name, ""), 0));
        fault = escaping.fault;
        if (fault is null && end.State != HtmlState.Text)
        {
            fault = new() { Template = name, Reason = $"the page ends in {end}; close what is open" };
        }

        return fault is null
            ? escaping.escaped.Values.Aggregate(templates, static (set, tree) => set.With(tree))
            : null;
    }

    private HtmlContext Fail(Position position, string reason)
    {
        fault ??= new()
        {
            Template = position.Source.Name,
            Line = position.Source.Text.Length == 0 ? 0 : position.Line,
            At = position.Source.Text.Length == 0 ? null : position,
            Reason = reason,
        };
        return HtmlContext.Failure(reason);
    }

    private HtmlContext Call(string name, HtmlContext context, Position from)
    {
        var call = (name, context);
        if (ends.TryGetValue(call, out var end))
        {
            if (beingRead.Contains(call))
            {
                recursive.Add(call);
            }

            return end;
        }

        if (templates.Find(name) is not { } tree)
        {
            return Fail(from, $"there is no template \"{name}\"");
        }

        // Nearly always what is around a recursive call is the same as what is around the template. Where it is not, what
        // was found out is the next guess.
        var guess = context;
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var (endsBefore, escapedBefore) = (ends, escaped);
            ends = ends.SetItem(call, guess);
            beingRead.Add(call);
            recursive.Remove(call);
            var nodes = ImmutableArray.CreateBuilder<Node>();
            end = Read(tree.Nodes, context, nodes);
            beingRead.Remove(call);
            if (end.Failed)
            {
                return end;
            }

            if (end == guess || !recursive.Contains(call))
            {
                ends = ends.SetItem(call, end);
                escaped = escaped.SetItem(call, tree with { Name = NameOf(call), Nodes = nodes.ToImmutable() });
                return end;
            }

            (ends, escaped, guess) = (endsBefore, escapedBefore, end);
        }

        return Fail(from, $"what template \"{name}\" ends in depends on itself");
    }

    /// <summary>A copy for another place than text has a name that no template can have by accident.</summary>
    private string NameOf((string Name, HtmlContext Context) call)
    {
        if (call.Context == default)
        {
            return call.Name;
        }

        if (!names.TryGetValue(call, out var name))
        {
            name = $"{call.Name}$html{names.Count + 1}";
            names.Add(call, name);
        }

        return name;
    }

    private HtmlContext Read(ImmutableArray<Node> nodes, HtmlContext context, ImmutableArray<Node>.Builder output)
    {
        foreach (var node in nodes)
        {
            context = Read(node, context, output);
            if (context.State is HtmlState.Dead or HtmlState.Failed)
            {
                break;
            }
        }

        return context;
    }

    private HtmlContext Read(Node node, HtmlContext context, ImmutableArray<Node>.Builder output)
    {
        if (++nodesRead > MostNodes || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            return Fail(node.Position, "templates and loops lie too deep within each other to follow what they write");
        }

        switch (node)
        {
            case Node.Text text when (charactersRead += text.Value.Length) > MostCharacters:
                return Fail(
                    text.Position,
                    "templates are called from too many different places to copy their text for each"
                );
            case Node.Text text:
                var after = HtmlText.Read(context, text.Value, out var written, out var at);
                if (written.Length > 0)
                {
                    output.Add(text with { Value = written });
                }

                return after.Failed
                    ? Fail(text.Position with { Offset = text.Position.Offset + at }, after.Objection ?? "")
                    : after;
            case Node.Action { Pipeline.Declarations.IsEmpty: true } action:
                return Print(action, context, output);
            case Node.If branch:
                return Branches(
                    branch,
                    branch.Then,
                    branch.Else,
                    context,
                    (then, otherwise) => output.Add(branch with { Then = then, Else = otherwise })
                );
            case Node.With branch:
                return Branches(
                    branch,
                    branch.Then,
                    branch.Else,
                    context,
                    (then, otherwise) => output.Add(branch with { Then = then, Else = otherwise })
                );
            case Node.Range loop:
                return Loop(loop, context, output);
            case Node.Template call:
                var end = Call(call.Name, context, call.Position);
                output.Add(call with { Name = NameOf((call.Name, context)) });
                return end;
            case Node.Break or Node.Continue:
                output.Add(node);
                loops.Peek().Add(context);
                return new() { State = HtmlState.Dead };
            default:
                output.Add(node);
                return context;
        }
    }

    private HtmlContext Print(Node.Action action, HtmlContext context, ImmutableArray<Node>.Builder output)
    {
        context = context.AtValue();
        var escapers = Places.EscapersFor(context, out var objection);
        var pipeline = objection is null
            ? EscapedPipeline.Of(action.Pipeline, context, escapers, out objection)
            : action.Pipeline;
        if (objection is not null)
        {
            return Fail(action.Position, $"{{{{{action.Pipeline}}}}} {objection}");
        }

        output.Add(action with { Pipeline = pipeline });
        return Places.After(context);
    }

    private HtmlContext Branches(
        Node node,
        ImmutableArray<Node> then,
        ImmutableArray<Node> otherwise,
        HtmlContext context,
        Action<ImmutableArray<Node>, ImmutableArray<Node>> write
    )
    {
        var (thenNodes, otherNodes) = (ImmutableArray.CreateBuilder<Node>(), ImmutableArray.CreateBuilder<Node>());
        var a = Read(then, context, thenNodes);
        var b = a.Failed ? a : Read(otherwise, context, otherNodes);
        write(thenNodes.ToImmutable(), otherNodes.ToImmutable());
        return Join(a, b, node);
    }

    private HtmlContext Join(HtmlContext a, HtmlContext b, Node node) =>
        HtmlContext.Join(a, b)
        ?? Fail(
            node.Position,
            $"the branches end in different places, {a} and {b}: open and close tags and quotes in both"
        );

    private HtmlContext Loop(Node.Range loop, HtmlContext context, ImmutableArray<Node>.Builder output)
    {
        var body = ImmutableArray.CreateBuilder<Node>();
        var end = Turn(loop, context, body);

        // The next turn begins where this one ends and must come out at the same place.
        if (!end.Failed && end != context)
        {
            var (endsBefore, escapedBefore) = (ends, escaped);
            var again = Turn(loop, end, ImmutableArray.CreateBuilder<Node>());
            (ends, escaped) = (endsBefore, escapedBefore);
            end = Join(end, again, loop);
        }

        var otherwise = ImmutableArray.CreateBuilder<Node>();
        var rest = end.Failed ? end : Read(loop.Else, context, otherwise);
        output.Add(loop with { Body = body.ToImmutable(), Else = otherwise.ToImmutable() });
        return Join(end, rest, loop);
    }

    /// <summary>The body once; a break or continue ends it, too.</summary>
    private HtmlContext Turn(Node.Range loop, HtmlContext context, ImmutableArray<Node>.Builder body)
    {
        loops.Push([]);
        var end = Read(loop.Body, context, body);
        return loops.Pop().Aggregate(end, (all, exit) => Join(all, exit, loop));
    }
}
