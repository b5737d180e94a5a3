using System.Text;

namespace AlertHub.Text.RegularExpressions;

/// <summary>The texts that an expression matches as a whole, where they are few enough to be listed.</summary>
internal static class FiniteTexts
{
    /// <summary>More alternatives than anyone writes; a list is made once and looked up by hash.</summary>
    private const int Most = 20_000;

    /// <summary>For parts that multiply, such as <c>[ab][cd]</c>.</summary>
    private const int MostProducts = 256;

    public static HashSet<string>? Of(Node tree) =>
        List(tree) is { } texts ? new HashSet<string>(texts, StringComparer.Ordinal) : null;

    private static List<string>? List(Node node) =>
        node switch
        {
            Node.Empty => [""],
            Node.Runes runes => Runes(runes.Set),
            Node.Group group => List(group.Part),
            Node.Choice choice => Union(choice),
            Node.Sequence sequence => Product(sequence.Parts),
            Node.Repeat { Least: 0, Most: 1 } optional when List(optional.Part) is { } texts => [.. texts, ""],
            Node.Repeat { Most: { } most } fixedCount when most == fixedCount.Least && most <= 16 => Product([
                .. Enumerable.Repeat(fixedCount.Part, most),
            ]),
            _ => null,
        };

    private static List<string>? Runes(RuneSet set)
    {
        var count = set.Ranges.Sum(r => (long)r.High - r.Low + 1);
        if (count > MostProducts)
        {
            return null;
        }

        // Half a surrogate pair stands in no text.
        return
        [
            .. set
                .Ranges.SelectMany(r => Enumerable.Range(r.Low, r.High - r.Low + 1))
                .Where(Rune.IsValid)
                .Select(r => new Rune(r).ToString()),
        ];
    }

    private static List<string>? Union(Node.Choice choice)
    {
        var all = new List<string>();
        foreach (var part in choice.Parts)
        {
            if (List(part) is not { } texts || all.Count + texts.Count > Most)
            {
                return null;
            }

            all.AddRange(texts);
        }

        return all;
    }

    private static List<string>? Product(IReadOnlyList<Node> parts)
    {
        List<string> all = [""];
        var run = new StringBuilder();
        foreach (var part in parts)
        {
            if (List(part) is not { } texts)
            {
                return null;
            }

            if (texts is [var only])
            {
                run.Append(only);
                continue;
            }

            var before = run.ToString();
            run.Clear();
            if ((long)all.Count * texts.Count > (all.Count == 1 ? Most : MostProducts))
            {
                return null;
            }

            all = [.. all.SelectMany(_ => texts, (begin, end) => begin + before + end)];
        }

        var rest = run.ToString();
        return rest.Length == 0 ? all : [.. all.Select(begin => begin + rest)];
    }
}
