using System.Globalization;

namespace AlertHub.Text.RegularExpressions;

/// <summary>
/// The classes of characters that some instructions tell apart, numbered; so that a table of transitions has a column for
/// each of a handful of classes instead of one for each character.
/// </summary>
internal sealed class Alphabet
{
    private readonly int[] ascii = new int[128];
    private readonly int[] starts;
    private readonly int[] classes;
    private readonly List<(int Rune, HashSet<int> Sets)> members = [];

    public Alphabet(IReadOnlyList<RuneSet> sets, bool conditions)
    {
        IReadOnlyList<RuneSet> all = conditions ? [.. sets, RuneSet.Word, RuneSet.Single('\n', foldCase: false)] : sets;
        starts =
        [
            .. all.SelectMany(s => s.Ranges).SelectMany(r => (int[])[r.Low, r.High + 1]).Append(0).Distinct().Order(),
        ];
        starts = [.. starts.Where(s => s <= RuneSet.LastRune)];
        classes = new int[starts.Length];

        var within = Array.ConvertAll(starts, _ => new List<int>());
        for (var set = 0; set < all.Count; set++)
        {
            foreach (var (low, high) in all[set].Ranges)
            {
                for (var i = Array.BinarySearch(starts, low); i < starts.Length && starts[i] <= high; i++)
                {
                    within[i].Add(set);
                }
            }
        }

        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < starts.Length; i++)
        {
            var key = string.Join(',', within[i].Select(n => n.ToString(CultureInfo.InvariantCulture)));
            if (!numbers.TryGetValue(key, out classes[i]))
            {
                numbers[key] = classes[i] = members.Count;
                members.Add((starts[i], [.. within[i]]));
            }
        }

        for (var rune = 0; rune < ascii.Length; rune++)
        {
            ascii[rune] = Find(rune);
        }
    }

    /// <summary>How many classes there are.</summary>
    public int Count => members.Count;

    public int ClassOf(int rune) => rune < ascii.Length ? ascii[rune] : Find(rune);

    public bool IsIn(int number, int set) => members[number].Sets.Contains(set);

    /// <summary>What a character of this class is to its neighbours; right only where the conditions were asked for.</summary>
    public Neighbour NeighbourOf(int number) => Neighbours.Of(members[number].Rune);

    private int Find(int rune)
    {
        var place = Array.BinarySearch(starts, rune);
        return classes[place >= 0 ? place : ~place - 1];
    }
}
