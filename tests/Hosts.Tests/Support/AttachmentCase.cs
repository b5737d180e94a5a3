using AlertHub.Tests.Support;

namespace Hosts.Tests.Support;

/// <summary>An item of slack_configs that asks for a form of its own, as Cases/slack-attachments.txt has it.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Item">Its options, a line each.</param>
internal sealed record AttachmentCase(string Name, string Item)
{
    public static IReadOnlyList<AttachmentCase> All { get; } =
    [.. File.ReadAllText(Repository.TestFile("Cases", "slack-attachments.txt")).Split("=== ")[1..].Select(Read)];

    /// <summary>A whole item of slack_configs, its dash indented by two.</summary>
    /// <param name="first">Its first line.</param>
    /// <param name="usual">What it says where the case does not.</param>
    public string Yaml(string first, params IEnumerable<(string Key, string Value)> usual) =>
        $"  - {first}\n"
        + string.Join(
            '\n',
            Item.Split('\n')
                .Concat(
                    usual
                        .Where(each => !$"\n{Item}".Contains($"\n{each.Key}:", StringComparison.Ordinal))
                        .Select(static each => $"{each.Key}: {each.Value}")
                )
                .Select(static line => $"    {line}")
        );

    private static AttachmentCase Read(string text) =>
        new(text[..text.IndexOf('\n')], text[(text.IndexOf('\n') + 1)..].TrimEnd());
}
