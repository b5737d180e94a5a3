using System.Text;
using AlertHub.Text.RegularExpressions;

namespace AlertHub.Tests.Text;

/// <summary>
/// What an expression means, written down plainly: of each part, at which places it can end when it begins at one. Far too
/// slow for use.
/// </summary>
internal sealed class PlainMeaning(string pattern)
{
    private readonly Node tree = PatternParser.Parse(pattern, whole: false, out _)!.Tree;

    public bool MatchesWhole(string text)
    {
        int[] runes = [.. text.EnumerateRunes().Select(r => r.Value)];
        return Ends(tree, runes, 0).Contains(runes.Length);
    }

    /// <summary>In UTF-16 units.</summary>
    public int? FirstBegin(string text)
    {
        Rune[] runes = [.. text.EnumerateRunes()];
        for (var begin = 0; begin <= runes.Length; begin++)
        {
            if (Ends(tree, [.. runes.Select(r => r.Value)], begin).Count > 0)
            {
                return runes.Take(begin).Sum(r => r.Utf16SequenceLength);
            }
        }

        return null;
    }

    private static HashSet<int> Ends(Node node, int[] text, int begin) =>
        node switch
        {
            Node.Runes runes => begin < text.Length
            && runes.Set.Ranges.Any(r => r.Low <= text[begin] && text[begin] <= r.High)
                ? [begin + 1]
                : [],
            Node.Place place => Holds(place.Condition, text, begin) ? [begin] : [],
            Node.Sequence sequence => sequence.Parts.Aggregate(
                (HashSet<int>)[begin],
                (at, part) => Then(at, part, text)
            ),
            Node.Choice choice => [.. choice.Parts.SelectMany(p => Ends(p, text, begin))],
            Node.Group group => Ends(group.Part, text, begin),
            Node.Repeat repeat => Repeated(repeat, text, begin),
            _ => [begin],
        };

    private static HashSet<int> Then(HashSet<int> begins, Node part, int[] text) =>
        [.. begins.SelectMany(b => Ends(part, text, b))];

    private static HashSet<int> Repeated(Node.Repeat repeat, int[] text, int begin)
    {
        HashSet<int> ends = [begin];
        for (var i = 0; i < repeat.Least; i++)
        {
            ends = Then(ends, repeat.Part, text);
        }

        // One more copy than there are characters adds nothing new.
        var all = ends;
        for (var i = repeat.Least; i < (repeat.Most ?? text.Length + repeat.Least + 1); i++)
        {
            ends = Then(ends, repeat.Part, text);
            all = [.. all, .. ends];
        }

        return all;
    }

    private static bool Holds(Condition condition, int[] text, int at)
    {
        var (before, after) = (at > 0 ? text[at - 1] : -1, at < text.Length ? text[at] : -1);
        return condition switch
        {
            Condition.TextBegin => before < 0,
            Condition.TextEnd => after < 0,
            Condition.LineBegin => before is < 0 or '\n',
            Condition.LineEnd => after is < 0 or '\n',
            Condition.WordBoundary => IsWord(before) != IsWord(after),
            _ => IsWord(before) == IsWord(after),
        };
    }

    private static bool IsWord(int rune) => rune is >= '0' and <= '9' or >= 'A' and <= 'Z' or '_' or >= 'a' and <= 'z';
}
