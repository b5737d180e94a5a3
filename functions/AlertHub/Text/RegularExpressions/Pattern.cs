namespace AlertHub.Text.RegularExpressions;

/// <summary>A regular expression that was read: its tree, and its groups, of which two may have one name.</summary>
internal sealed record Pattern(Node Tree, IReadOnlyList<(string Name, int Group)> Names, int Groups)
{
    /// <summary>Whether a match can only begin where the text begins.</summary>
    public bool IsAnchored => Tree is Node.Sequence { Parts: [Node.Place { Condition: Condition.TextBegin }, ..] };

    /// <summary>What stands between the text's begin and its end, where the tree says that both belong to the match.</summary>
    public Node? Whole =>
        Tree
            is Node.Sequence
            {
                Parts: [
                    Node.Place { Condition: Condition.TextBegin },
                    var inner,
                    Node.Place { Condition: Condition.TextEnd },
                ]
            }
            ? inner
            : null;
}
