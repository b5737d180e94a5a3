namespace AlertHub.Configuration;

/// <summary>Of the names that exist, the one that was probably meant.</summary>
public static class Suggestion
{
    /// <summary><c>; did you mean "ops"?</c>, or nothing.</summary>
    public static string For(string written, IEnumerable<string> known) =>
        Nearest(written, known) is { } nearest ? $"; did you mean \"{nearest}\"?" : "";

    /// <summary>The name that was probably meant, or null.</summary>
    public static string? Nearest(string written, IEnumerable<string> known)
    {
        var farthest = Math.Clamp(written.Length / 3, 1, 3);
        var (nearest, distance) = known
            .Where(name => Math.Abs(name.Length - written.Length) <= farthest && name.Length <= 200)
            .Select(name => (name, Distance(written, name)))
            .OrderBy(static n => n.Item2)
            .FirstOrDefault();
        return nearest is not null && distance <= farthest ? nearest : null;
    }

    /// <summary>Letters to insert, delete, replace or exchange with their neighbour, whatever their case.</summary>
    private static int Distance(string a, string b)
    {
        (a, b) = (a.ToUpperInvariant(), b.ToUpperInvariant());
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                rows[i, j] =
                    i == 0 || j == 0
                        ? i + j
                        : Math.Min(
                            Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1,
                            rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                        );
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }
}
