using System.Collections.Immutable;

namespace FlowLogs.Records;

/// <summary>The fields of a record in their order. Records in CloudWatch Logs carry no header, so it has to be told.</summary>
internal sealed class FlowFormat
{
    /// <summary>Bounds what a mistaken setting can cost; AWS has about 80 fields in all.</summary>
    public const int MostFields = 256;

    private FlowFormat(ImmutableArray<FlowField> fields) => Fields = fields;

    public static FlowFormat Default { get; } =
        Parse(
            "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status"
        );

    public ImmutableArray<FlowField> Fields { get; }

    /// <summary>AWS's <c>${version} ${account-id}</c>, or the names alone, separated by white space.</summary>
    /// <exception cref="FormatException">Names everything that is wrong with it, and where.</exception>
    public static FlowFormat Parse(string text)
    {
        var fields = ImmutableArray.CreateBuilder<FlowField>();
        List<string> problems = [];
        Dictionary<string, int> seen = [];
        foreach (var (word, at) in Words(text))
        {
            if (NameOf(word) is not { } name)
            {
                problems.Add(
                    $"\"{word}\" at position {at} is not a field: write ${{name}} or name, of a-z, 0-9 and dashes"
                );
            }
            else if (!seen.TryAdd(name, at))
            {
                problems.Add($"\"{name}\" at position {at} stands at position {seen[name]} already");
            }
            else
            {
                fields.Add(FlowField.Named(name));
            }
        }

        if (seen.Count == 0 && problems.Count == 0)
        {
            problems.Add("it names no field");
        }

        if (seen.Count > MostFields)
        {
            problems.Add($"it names {seen.Count} fields, and {MostFields} are the most");
        }

        return problems.Count == 0
            ? new(fields.ToImmutable())
            : throw new FormatException($"The flow log format cannot be used: {string.Join("; ", problems)}.");
    }

    /// <summary>Where a field stands; -1 where the format is without it.</summary>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Fields.Length; i++)
        {
            if (Fields[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    public override string ToString() => string.Join(' ', Fields.Select(static field => $"${{{field.Name}}}"));

    /// <summary>Positions count from 1, as editors do.</summary>
    private static IEnumerable<(string Word, int At)> Words(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var start = i;
            while (i < text.Length && !char.IsWhiteSpace(text[i]))
            {
                i++;
            }

            if (i > start)
            {
                yield return (text[start..i], start + 1);
            }
        }
    }

    private static string? NameOf(string word)
    {
        var name = word is ['$', '{', .. var inner, '}'] ? inner : word;
        return
            name.Length > 0
            && char.IsAsciiLetterLower(name[0])
            && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? name
            : null;
    }
}
