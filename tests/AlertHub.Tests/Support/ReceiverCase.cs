using System.Text.RegularExpressions;

namespace AlertHub.Tests.Support;

/// <summary>One case of Cases/receivers.txt: an integration that may or may not stand in a configuration.</summary>
internal sealed record ReceiverCase(string Kind, bool IsGood, string Name, string Global, string Item)
{
    /// <summary>Of a bad one: what a problem's path or text holds.</summary>
    public required string Word { get; init; }

    /// <summary>Alertmanager 0.25 does not know it yet.</summary>
    public bool IsYounger { get; init; }

    /// <summary>A whole configuration around it.</summary>
    public string Document =>
        $"{Global}route:\n  receiver: r\nreceivers:\n- name: r\n  {Kind}_configs:\n{Regex.Replace(Item, "^(?=.)", "  ", RegexOptions.Multiline)}";

    public static IReadOnlyList<ReceiverCase> All { get; } =
    [.. File.ReadAllText(Repository.TestFile("Cases", "receivers.txt")).Split("=== ")[1..].Select(Read)];

    public static ReceiverCase Named(string name) => All.Single(c => $"{c}" == name);

    public override string ToString() => $"{Kind} {(IsGood ? "good" : "bad")} {Name}";

    private static ReceiverCase Read(string text)
    {
        var (title, body) = (text[..text.IndexOf('\n')], text[(text.IndexOf('\n') + 1)..]);
        var parts = title.Split(" | ");
        var words = parts[0].Split(' ', 3);
        var item = body.StartsWith("global:", StringComparison.Ordinal)
            ? body.IndexOf("\n- ", StringComparison.Ordinal) + 1
            : 0;
        return new(words[0], words[1] == "good", words[2], body[..item], body[item..])
        {
            Word = parts.Skip(1).FirstOrDefault(static p => p != "0.26+") ?? "",
            IsYounger = parts.Contains("0.26+"),
        };
    }
}
