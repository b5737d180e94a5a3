using System.Text.Json;
using AlertHub.Templates;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Templates;

/// <summary>
/// Functions, data and pages by example. What amtool 0.25 knows was made with it and is compared with it still
/// (Hosts.Tests/Oracles); the newer functions were made with Go's own packages, the newer escapes stand as Go 1.22 has
/// them.
/// </summary>
public sealed class NotificationCases
{
    internal static readonly NotificationTemplates Templates =
        NotificationTemplates.Load([], out var fault) ?? throw new InvalidOperationException(fault?.ToString());

    internal static TemplateData Data { get; } =
        AmtoolData.Read(JsonDocument.Parse(File.ReadAllText(TemplateCase.DataFile)).RootElement, Some.Now);

    [Theory]
    [InlineData("templates-functions.txt", 100)]
    [InlineData("templates-functions-newer.txt", 75)]
    public void Functions_and_data_mean_what_they_mean_in_Alertmanager(string table, int least)
    {
        var cases = TemplateCase.Read(table);

        Assert.True(cases.Count >= least, "cases were lost");
        Assert.All(
            cases,
            one =>
            {
                var result = Templates.RenderText(one.Template, Data, out var fault);
                if (one.IsError)
                {
                    Assert.StartsWith(one.Expected + " ", fault?.ToString() ?? result, StringComparison.Ordinal);
                }
                else
                {
                    Assert.Equal(one.Expected, result ?? fault?.ToString());
                }
            }
        );
    }

    [Theory]
    [InlineData("templates-html.txt", 250)]
    [InlineData("templates-html-newer.txt", 20)]
    public void Pages_are_escaped_as_in_Go(string table, int least)
    {
        var cases = TemplateCase.Read(table);

        Assert.True(cases.Count >= least, "cases were lost");
        Assert.All(
            cases,
            one =>
            {
                var result = Templates.RenderHtml(one.Template, Data, out var fault);
                if (one.IsError)
                {
                    Assert.True(result is null, $"{one} was rendered: {result}");
                    Assert.StartsWith("template: ", fault?.ToString(), StringComparison.Ordinal);
                }
                else
                {
                    Assert.Equal(one.Expected, result ?? fault?.ToString());
                }
            }
        );
    }
}
