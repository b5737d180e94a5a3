using System.Text.Json;
using AlertHub.Templates;
using AlertHub.Templates.Alertmanager;

namespace AlertHub.Tests.Support;

/// <summary>
/// A case of Cases/templates*.txt: a line with <c>===</c> and the section, the template, a line with <c>---</c>, what it
/// makes of Cases/templates.json. After <c>--- error</c> stands how Go's error begins: the place, not the words.
/// </summary>
internal sealed record TemplateCase(string Section, int Line, string Template, string Expected, bool IsError)
{
    private const string Begin = "===";
    private const string Divide = "---";

    public static IReadOnlyList<TemplateCase> Read(string table)
    {
        var lines = File.ReadAllText(Repository.TestFile("Cases", table)).TrimEnd('\n').Split('\n');
        var cases = new List<TemplateCase>();
        for (var i = 0; i < lines.Length; )
        {
            var divide = Array.FindIndex(lines, i, IsDivider);
            var end = Array.FindIndex(lines, i + 1, line => line.StartsWith(Begin, StringComparison.Ordinal));
            end = end < 0 ? lines.Length : end;
            cases.Add(
                new(
                    lines[i][Begin.Length..].Trim(),
                    i + 1,
                    string.Join('\n', lines[(i + 1)..divide]),
                    string.Join('\n', lines[(divide + 1)..end]),
                    IsError: lines[divide].EndsWith("error", StringComparison.Ordinal)
                )
            );
            i = end;
        }

        return cases;
    }

    public static TemplateEnvironment Now { get; } = new() { Now = DateTimeOffset.UnixEpoch };

    public static string DataFile { get; } = Repository.TestFile("Cases", "templates.json");

    public static TemplateData Data { get; } =
        AmtoolData.Read(JsonDocument.Parse(File.ReadAllText(DataFile)).RootElement, Now.Now);

    public string? Render(out TemplateFault? fault) => Render(Template, out fault);

    /// <summary>The template's own tree, written as source again.</summary>
    public static string Print(string template) => string.Concat(Set.Parse("", template, out _)?.Find("")?.Nodes ?? []);

    private static TemplateSet Set { get; } = TemplateSet.Empty(new(AlertmanagerFunctions.Make()));

    public static string? Render(string template, out TemplateFault? fault) =>
        Set.RenderText(template, Data, Now, out fault);

    public override string ToString() => $"line {Line}, {Section}: {Template}";

    private static bool IsDivider(string line) => line is Divide or $"{Divide} error";
}
