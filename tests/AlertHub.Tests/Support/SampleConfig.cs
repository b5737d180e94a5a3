using System.Globalization;

namespace AlertHub.Tests.Support;

/// <summary>One of the many small files that stand in one of Cases/configs.</summary>
internal sealed record SampleConfig
{
    private const string Marker = "#### ";

    public required string Name { get; init; }

    public required string Text { get; init; }

    /// <summary>Lines that hold an error.</summary>
    public IReadOnlyList<int> ErrorLines { get; init; } = [];

    /// <summary>Why the amtool of 0.25 says something else than 0.34; empty where it does not.</summary>
    public string Difference { get; init; } = "";

    /// <summary>Whether a running Alertmanager takes it, and not only amtool.</summary>
    public bool CanRun { get; init; } = true;

    public override string ToString() => Name;

    /// <summary>
    /// <c>#### name</c>, <c>#### name | 3 7</c> with the lines that hold errors, and last perhaps
    /// <c>| amtool: accepts, reason</c>.
    /// </summary>
    public static IEnumerable<SampleConfig> Read(string table)
    {
        var text = File.ReadAllText(Repository.TestFile("Cases", "configs", table));
        return text.Split("\n" + Marker).Skip(1).Select(Parse);
    }

    private static SampleConfig Parse(string part)
    {
        var end = part.IndexOf('\n');
        var head = part[..(end < 0 ? part.Length : end)].Split('|', StringSplitOptions.TrimEntries);
        return new()
        {
            Name = head[0],
            Text = end < 0 ? "" : part[(end + 1)..],
            ErrorLines =
            [
                .. from column in head.Skip(1)
                where column.Length > 0 && char.IsAsciiDigit(column[0])
                from line in column.Split(' ')
                select int.Parse(line, CultureInfo.InvariantCulture),
            ],
            CanRun = !head.Any(static c => c.StartsWith("running: ", StringComparison.Ordinal)),
            Difference = head.Skip(1).FirstOrDefault(c => c.StartsWith("amtool: ", StringComparison.Ordinal)) ?? "",
        };
    }
}
