using FlowLogs.Records;

namespace FlowLogs.Selection;

/// <summary>
/// Which records are delivered: <c>action=REJECT dstport!=443|80</c>, all of the conditions together. Values are compared as they
/// stand in the record, with <c>-</c> for what is absent.
/// </summary>
internal sealed class FlowFilter
{
    private readonly Condition[] conditions;

    private FlowFilter(Condition[] conditions) => this.conditions = conditions;

    /// <param name="text">Conditions, separated by white space; none keeps everything.</param>
    /// <param name="format">Of the records.</param>
    /// <exception cref="FormatException">Says of each condition that cannot be used what is wrong with it.</exception>
    public static FlowFilter Parse(string text, FlowFormat format)
    {
        List<string> problems = [];
        List<Condition> conditions = [];
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var isNot = word.Contains("!=", StringComparison.Ordinal);
            if (word.Split(isNot ? "!=" : "=", 2) is not [{ Length: > 0 } name, { Length: > 0 } values])
            {
                problems.Add($"\"{word}\" is no condition; write for example action=REJECT or dstport!=443|80");
            }
            else if (format.IndexOf(name) is var field && field < 0)
            {
                problems.Add($"\"{word}\": the format has no field \"{name}\"");
            }
            else if (values.Split('|').Any(static value => value.Length == 0))
            {
                problems.Add($"\"{word}\" has an empty value; what is absent in a record is written -");
            }
            else
            {
                conditions.Add(new(field, isNot, [.. values.Split('|').Select(System.Text.Encoding.UTF8.GetBytes)]));
            }
        }

        return problems.Count == 0
            ? new([.. conditions])
            : throw new FormatException($"The filter cannot be used: {string.Join("; ", problems)}.");
    }

    public bool Keeps(FlowRecord record, ReadOnlySpan<byte> line)
    {
        foreach (var condition in conditions)
        {
            if (condition.Names(record.Text(line, condition.Field)) == condition.IsNot)
            {
                return false;
            }
        }

        return true;
    }

    private sealed record Condition(int Field, bool IsNot, byte[][] Values)
    {
        public bool Names(ReadOnlySpan<byte> text)
        {
            foreach (var value in Values)
            {
                if (text.SequenceEqual(value))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
