using AlertHub.Templates;
using AlertHub.Templates.Alertmanager;
using AlertHub.Templates.Checking;
using AlertHub.Templates.Times;
using AlertHub.Templates.Values;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Templates;

/// <summary>What is said of a template before there is any data.</summary>
public sealed class TemplateChecks
{
    private static readonly NotificationTemplates Templates =
        NotificationTemplates.Load(
            [
                (
                    "mine.tmpl",
                    "{{ define \"mine\" }}{{ .CommonLabels.x }}{{ end }}\n{{ define \"bad\" }}\n  {{ .Foo }}{{ end }}"
                ),
                ("more.tmpl", "{{ define \"each\" }}{{ range . }}{{ .Lables }}{{ end }}{{ end }}"),
            ],
            out var fault
        ) ?? throw new InvalidOperationException(fault?.ToString());

    [Theory]
    [InlineData("{{ template \"mime\" . }}", "1:13 there is no template \"mime\"; did you mean \"mine\"?")]
    [InlineData(
        "{{ template \"xyzzy\" . }}",
        "1:13 there is no template \"xyzzy\"; define it in a file that templates: names"
    )]
    [InlineData(
        "{{ if .Alerts }}\n{{ template \"mime\" }}{{ end }}",
        "2:13 there is no template \"mime\"; did you mean \"mine\"?"
    )]
    [InlineData(
        "a {{ .CommonAnotations.x }}",
        "1:6 the notification has no \".CommonAnotations\"; did you mean \"CommonAnnotations\"?"
    )]
    [InlineData("{{ .Alerts.Firng }}", "1:11 the list of alerts has no \".Firng\"; did you mean \"Firing\"?")]
    [InlineData(
        "{{ range .Alerts }}{{ .Lables.x }}{{ end }}",
        "1:23 an alert has no \".Lables\"; did you mean \"Labels\"?"
    )]
    [InlineData(
        "{{ range .Alerts.Firing }}{{ .CommonLabels }}{{ end }}",
        "1:30 an alert has no \".CommonLabels\"; the notification has it: $.CommonLabels"
    )]
    [InlineData(
        "{{ range .Alerts }}{{ $.Nope }}{{ end }}",
        "1:24 the notification has no \".Nope\"; it has Alerts, CommonAnnotations, CommonLabels, ExternalURL, GroupLabels, NotificationReason, Receiver, RouteLabels, Status, TruncatedAlerts"
    )]
    [InlineData(
        "{{ .Labels.x }}",
        "1:4 the notification has no \".Labels\"; each alert has it: {{ range .Alerts }}{{ .Labels }}{{ end }}"
    )]
    [InlineData(
        "{{ .Alerts.Labels }}",
        "1:11 the list of alerts has no \".Labels\"; each of them has it: go through them with {{ range }}"
    )]
    [InlineData(
        "{{ .CommonLabels.app.kubernetes }}",
        "1:21 a text has no \".kubernetes\"; a name with dots is taken with index: {{ index .Labels \"a.b\" }}"
    )]
    [InlineData(
        "{{ with .CommonLabels.SortedPairs }}{{ range . }}{{ .Key }}{{ end }}{{ end }}",
        "1:53 a pair has no \".Key\"; it has Name, Value"
    )]
    [InlineData("{{ (.Alerts.Firing).Firing }}", "1:20 the list of alerts has no \".Firing\"")]
    [InlineData(
        "{{ toUpper .Statsu | printf \"%s\" }}",
        "1:12 the notification has no \".Statsu\"; did you mean \"Status\"?"
    )]
    [InlineData(
        "{{ template \"bad\" . }}",
        "mine.tmpl:3:6 the notification has no \".Foo\"; it has Alerts, CommonAnnotations, CommonLabels, ExternalURL, GroupLabels, NotificationReason, Receiver, RouteLabels, Status, TruncatedAlerts"
    )]
    [InlineData(
        "{{ template \"each\" .Alerts.Resolved }}",
        "more.tmpl:1:36 an alert has no \".Lables\"; did you mean \"Labels\"?"
    )]
    public void What_will_fail_is_said_with_its_place(string text, string expected) =>
        Assert.Equal(expected, string.Join('\n', Templates.Faults(text).Select(Print)));

    [Theory]
    [InlineData("{{ .CommonLabels.anything }}{{ .CommonLabels.Remove (stringSlice \"a\") }}")]
    [InlineData("{{ $x := . }}{{ $x.Foo }}")]
    [InlineData("{{ range $i, $a := .Alerts }}{{ $a.Foo }}{{ end }}")]
    [InlineData("{{ (index .Alerts 0).Foo }}{{ with index .Alerts 0 }}{{ .Foo }}{{ end }}")]
    [InlineData("{{ with dict \"Foo\" 1 }}{{ .Foo }}{{ end }}")]
    [InlineData("{{ with .Alerts | len }}{{ .Foo }}{{ end }}")]
    [InlineData("{{ $ = dict \"Foo\" 1 }}{{ $.Foo }}")]
    [InlineData("{{ $ := dict \"Foo\" 1 }}{{ $.Foo }}")]
    [InlineData("{{ with $ := dict \"Foo\" 1 }}{{ $.Foo }}{{ end }}")]
    [InlineData("{{ define \"own\" }}{{ .Foo }}{{ end }}{{ template \"own\" dict \"Foo\" 1 }}{{ template \"own\" }}")]
    [InlineData("{{ define \"unused\" }}{{ .Foo }}{{ end }}")]
    [InlineData("{{ range .Alerts }}{{ .StartsAt.Unix }}{{ .EndsAt.Format \"15:04\" }}{{ end }}")]
    [InlineData(
        "{{ range .CommonLabels.SortedPairs }}{{ .Name }}{{ .Value }}{{ end }}{{ .CommonLabels.Names | join \",\" }}"
    )]
    [InlineData("{{ range $k, $v := .CommonLabels }}{{ $k }}{{ . }}{{ end }}")]
    [InlineData("{{ with .Nope }}{{ end }}", "a fault")]
    [InlineData("{{ block \"own\" .Alerts }}{{ range . }}{{ .Status }}{{ end }}{{ end }}")]
    public void Of_what_may_be_right_nothing_is_said(string text, string expected = "") =>
        Assert.Equal(expected.Length > 0, Templates.Faults(text).Count > 0);

    [Fact]
    public void Where_there_is_no_notification_yet_only_names_of_templates_are_looked_at()
    {
        Assert.Empty(Templates.Faults("{{ .Foo }}", isOfNotification: false));
        Assert.Single(Templates.Faults("{{ .Foo }}{{ template \"nope\" . }}", isOfNotification: false));
    }

    [Fact]
    public void A_page_is_also_checked_for_what_is_left_open()
    {
        const string Text = "<a href=\"{{ .ExternalURL }}";

        Assert.Empty(Templates.Faults(Text));
        Assert.Single(Templates.Faults(Text, isHtml: true));
    }

    [Fact]
    public void Our_own_templates_are_without_fault() =>
        Assert.All(
            Templates.Names.Where(static name => name.Contains(".default.", StringComparison.Ordinal)),
            name => Assert.Empty(Templates.Faults($$$"""{{ template "{{{name}}}" . }}"""))
        );

    /// <summary>The cases of the language render, so nothing in them is certain to fail.</summary>
    [Fact]
    public void What_renders_has_no_fault() =>
        Assert.All(
            TemplateCase
                .Read("templates.txt")
                .Concat(TemplateCase.Read("templates-functions.txt"))
                .Where(one => !one.IsError),
            one =>
                Assert.True(
                    Templates.Faults(one.Template).Count == 0,
                    one + ": " + string.Join('\n', Templates.Faults(one.Template))
                )
        );

    [Fact]
    public void A_long_chain_of_templates_is_followed_to_its_end()
    {
        var text = string.Concat(
            Enumerable
                .Range(0, 20_000)
                .Select(i => $"{{{{ define \"t{i}\" }}}}{{{{ template \"t{i + 1}\" . }}}}{{{{ end }}}}")
        );

        Assert.Equal(
            "there is no template \"t20000\"",
            Assert.Single(Templates.Faults(text + "{{ template \"t0\" . }}")).Reason.Split(';')[0]
        );
    }

    [Fact]
    public void The_known_types_are_those_of_the_values()
    {
        var data = TemplateCase.Data;
        Agree(data);
        Agree((StructValue)data.Alerts.Items[0]!);
        Agree((StructValue)data.CommonLabels.SortedPairs.Items[0]!);

        static void Agree(StructValue value)
        {
            Assert.Empty(value.Fields.Except(KnownTypes.Members(value.Type)));
            Assert.All(
                KnownTypes.Members(value.Type),
                name =>
                {
                    Assert.True(value.TryField(name, out var field), name);
                    Assert.Equal(GoType.Of(field!), KnownTypes.Member(value.Type, name));
                }
            );
        }

        foreach (GoValue value in new GoValue[] { data.Alerts, data.CommonLabels, data.CommonLabels.SortedPairs })
        {
            Assert.All(KnownTypes.Members(value.Type), name => Assert.NotNull(value.Method(name)));
        }

        Assert.False(KnownTypes.IsKnown(TimeValue.TimeType));
        Assert.True(KnownTypes.IsKnown(AlertList.AlertsType));
    }

    private static string Print(TemplateFault fault)
    {
        var at = fault.At!.Value;
        var file = at.Source.Name.Length > 0 ? at.Source.Name + ":" : "";
        return $"{file}{at.Line}:{at.Column + 1} {fault.Reason}";
    }
}
