using System.Collections.Concurrent;
using AlertHub.Text;

namespace AlertHub.Templates.Alertmanager;

/// <summary>The regular expressions of a set's templates, compiled once. A template that makes them up does not fill it.</summary>
internal sealed class Patterns
{
    private const int Most = 500;

    private readonly ConcurrentDictionary<string, Re2> compiled = new(StringComparer.Ordinal);

    /// <summary>
    /// An expression that may match anywhere, or null and what is wrong with it. One that must be made first costs steps by
    /// its size; null without an objection where they are used up.
    /// </summary>
    public Re2? Find(string pattern, Func<int, bool> spend, out string? objection)
    {
        objection = null;
        if (compiled.TryGetValue(pattern, out var known))
        {
            return known;
        }

        var made = Re2.Search(pattern, out objection);
        if (made is not null && !spend(made.Size))
        {
            return null;
        }

        if (made is not null && compiled.Count < Most)
        {
            compiled.TryAdd(pattern, made);
        }

        return made;
    }
}
