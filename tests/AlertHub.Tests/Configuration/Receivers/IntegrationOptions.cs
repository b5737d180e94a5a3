using AlertHub.Configuration.Receivers;
using AlertHub.Configuration.Shapes;
using AlertHub.Configuration.Yaml;
using AlertHub.Tests.Support;

namespace AlertHub.Tests.Configuration.Receivers;

/// <summary>Cases/integration-options.txt against the shapes: the same options, of the same types, with the same defaults.</summary>
public sealed class IntegrationOptions
{
    private static readonly Dictionary<string, IShape> Shapes = new()
    {
        ["discord"] = new ShapeOf<DiscordConfig>(DiscordConfig.Shape),
        ["email"] = new ShapeOf<EmailConfig>(EmailConfig.Shape),
        ["email.threading"] = new ShapeOf<ThreadingConfig>(ThreadingConfig.Shape),
        ["incidentio"] = new ShapeOf<IncidentioConfig>(IncidentioConfig.Shape),
        ["jira"] = new ShapeOf<JiraConfig>(JiraConfig.Shape),
        ["jira.summary"] = new ShapeOf<JiraField>(JiraField.Shape("")),
        ["mattermost"] = new ShapeOf<MattermostConfig>(MattermostConfig.Shape),
        ["mattermost.attachments"] = new ShapeOf<MattermostAttachment>(MattermostAttachment.Shape),
        ["mattermost.fields"] = new ShapeOf<MattermostField>(MattermostField.Shape),
        ["mattermost.priority"] = new ShapeOf<MattermostPriority>(MattermostPriority.Shape),
        ["mattermost.props"] = new ShapeOf<MattermostProps>(MattermostProps.Shape),
        ["msteams"] = new ShapeOf<MSTeamsConfig>(MSTeamsConfig.Shape),
        ["msteamsv2"] = new ShapeOf<MSTeamsV2Config>(MSTeamsV2Config.Shape),
        ["opsgenie"] = new ShapeOf<OpsGenieConfig>(OpsGenieConfig.Shape),
        ["opsgenie.responders"] = new ShapeOf<OpsGenieResponder>(OpsGenieResponder.Shape),
        ["pagerduty"] = new ShapeOf<PagerdutyConfig>(PagerdutyConfig.Shape),
        ["pagerduty.images"] = new ShapeOf<PagerdutyImage>(PagerdutyImage.Shape),
        ["pagerduty.links"] = new ShapeOf<PagerdutyLink>(PagerdutyLink.Shape),
        ["pushover"] = new ShapeOf<PushoverConfig>(PushoverConfig.Shape),
        ["rocketchat"] = new ShapeOf<RocketchatConfig>(RocketchatConfig.Shape),
        ["rocketchat.actions"] = new ShapeOf<RocketchatAction>(RocketchatAction.Shape),
        ["rocketchat.fields"] = new ShapeOf<RocketchatField>(RocketchatField.Shape),
        ["slack"] = new ShapeOf<SlackConfig>(SlackConfig.Shape),
        ["slack.actions"] = new ShapeOf<SlackAction>(SlackAction.Shape),
        ["slack.actions.confirm"] = new ShapeOf<SlackConfirmation>(SlackConfirmation.Shape),
        ["slack.fields"] = new ShapeOf<SlackField>(SlackField.Shape),
        ["sns"] = new ShapeOf<SnsConfig>(SnsConfig.Shape),
        ["telegram"] = new ShapeOf<TelegramConfig>(TelegramConfig.Shape),
        ["victorops"] = new ShapeOf<VictorOpsConfig>(VictorOpsConfig.Shape),
        ["webex"] = new ShapeOf<WebexConfig>(WebexConfig.Shape),
        ["webhook"] = new ShapeOf<WebhookConfig>(WebhookConfig.Shape),
        ["wechat"] = new ShapeOf<WechatConfig>(WechatConfig.Shape),
    };

    /// <summary>For each type of the table a value that it takes, one that it refuses, and whether it may be a template.</summary>
    private static readonly Dictionary<string, (string Good, string? Bad, bool IsTemplate)> Types = new()
    {
        ["any"] = ("{a: [1, x]}", null, false),
        ["bool"] = ("yes", "'yes'", false),
        ["bool?"] = ("no", "maybe", false),
        ["duration"] = ("1d12h", "1.5h", false),
        ["file"] = ("/run/x", "[a]", false),
        ["go duration"] = ("1.5h", "1d", false),
        ["host and port"] = ("localhost:25", "localhost", false),
        ["http_config"] = ("{}", "[]", false),
        ["int64"] = ("-9223372036854775808", "'1'", false),
        ["list"] = ("[a]", "{a: b}", false),
        ["list of records"] = ("[]", "{}", false),
        ["list of templates"] = ("['{{']", "{a: b}", true),
        ["map"] = ("{a: b}", "[a]", false),
        ["map of any"] = ("{a: [1, {b: c}]}", "[a]", false),
        ["map of templates"] = ("{a: '{{'}", "[a]", true),
        ["record"] = ("{}", "[]", false),
        ["secret"] = ("xyz0", "[a]", false),
        ["secret template url"] = ("https://example.org/{{ x }}", "example.org", false),
        ["secret url"] = ("https://example.org/", "example.org", false),
        ["sigv4"] = ("{}", "[]", false),
        ["template"] = ("'{{'", "[a]", true),
        ["template or record"] = ("{template: '{{'}", "[a]", true),
        ["text"] = ("'{{'", "[a]", false),
        ["tls_config"] = ("{}", "[]", false),
        ["uint64"] = ("18446744073709551615", "-1", false),
        ["url"] = ("https://example.org/", "ftp://example.org", false),
    };

    /// <summary>Options that take fewer values than their type.</summary>
    private static readonly Dictionary<string, string> Values = new()
    {
        ["jira.api_type"] = "cloud",
        ["telegram.parse_mode"] = "HTML",
        ["wechat.message_type"] = "markdown",
        ["opsgenie.responders.type"] = "team",
        ["slack.actions.confirm"] = "{text: a}",

        ["webex.http_config"] = "{authorization: {}}",
    };

    public static TheoryData<string> Kinds { get; } = [.. Rows().Select(static r => r.Kind).Distinct()];

    public static TheoryData<string> Options { get; } = [.. Rows().Select(static r => $"{r.Kind} {r.Key}")];

    [Fact]
    public void Every_kind_is_in_the_table() =>
        Assert.Equal(Shapes.Keys.Order(), Rows().Select(r => r.Kind).Distinct().Order());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_kind_has_the_options_of_the_table_and_no_other(string kind) =>
        Assert.Equal(Rows().Where(r => r.Kind == kind).Select(r => r.Key), Shapes[kind].Keys);

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_has_its_type(string option)
    {
        var row = Rows().Single(r => $"{r.Kind} {r.Key}" == option);
        var (kind, key) = (row.Kind, row.Key);
        var (good, bad, isTemplate) = Types[row.Type];
        good = Values.GetValueOrDefault($"{kind}.{key}", good);

        Assert.DoesNotContain(Shapes[kind].Read(key, good, "").Problems, p => IsOf(p, key) && p.IsError);
        if (bad is not null)
        {
            Assert.Contains(Shapes[kind].Read(key, bad, "").Problems, p => IsOf(p, key) && p.IsError);
        }

        Assert.Equal(
            isTemplate && good.Contains("{{", StringComparison.Ordinal),
            Shapes[kind].Read(key, good, "does not parse").Problems.Any(p => IsOf(p, key) && !p.IsError)
        );
        if (row.Type.StartsWith("secret", StringComparison.Ordinal))
        {
            // A webhook's URL is one to an older amtool, too.
            var hidden = row.Type == "secret template url" ? "http://<secret>" : "<secret>";
            Assert.Equal(hidden, Shapes[kind].Read(key, good, "").Printed);
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void An_option_that_is_not_given_has_its_default(string option)
    {
        var row = Rows().Single(r => $"{r.Kind} {r.Key}" == option);
        var expected = row.Default switch
        {
            ['g', 'l', 'o', 'b', 'a', 'l', '.', ..] => "",
            "client" => """{{ template "pagerduty.default.client" . }}""",
            var text => text,
        };

        Assert.Contains(Shapes[row.Kind].Default(row.Key), Same(expected));

        static string[] Same(string text) =>
            text switch
            {
                "" or "false" or "0" or "0s" => ["", "false", "0", "0s", "null", "{}"],
                "1m" => ["1m0s"],
                "1h" => ["1h0m0s"],
                _ => [text],
            };
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_option_is_described(string kind) =>
        Assert.All(Shapes[kind].Descriptions, static d => Assert.Matches(@"^\S.*[.?]$", d));

    private static bool IsOf(AlertHub.Configuration.Problem problem, string key) =>
        problem.Path == key
        || problem.Path.StartsWith(key + ".", StringComparison.Ordinal)
        || problem.Path.StartsWith(key + "[", StringComparison.Ordinal);

    private static IEnumerable<(string Kind, string Key, string Type, string Default)> Rows() =>
        Repository.Cases("integration-options.txt").Select(static r => (r[0], r[1], r[2], string.Join(" | ", r[3..])));

    /// <summary>What the tests ask of a shape, whatever its record.</summary>
    private interface IShape
    {
        IEnumerable<string> Keys { get; }

        IEnumerable<string> Descriptions { get; }

        string Default(string key);

        (string Printed, IReadOnlyList<AlertHub.Configuration.Problem> Problems) Read(
            string key,
            string value,
            string objection
        );
    }

    private sealed class ShapeOf<T>(Shape<T> shape) : IShape
        where T : class
    {
        public IEnumerable<string> Keys => shape.Keys;

        public IEnumerable<string> Descriptions =>
            SchemaDefinitions.Document(shape, "", "")["$defs"]![shape.Name]!["properties"]!
                .AsObject()
                .Select(static p => p.Value!["description"]?.GetValue<string>() ?? "");

        public string Default(string key) => Value(shape.Read(Place("{}", "").Place)!, key);

        public (string Printed, IReadOnlyList<AlertHub.Configuration.Problem> Problems) Read(
            string key,
            string value,
            string objection
        )
        {
            var (reading, place) = Place($"{key}: {value}", objection);
            var record = shape.Read(place)!;
            return (Value(record, key), reading.Problems);
        }

        private static (Reading Reading, Place Place) Place(string text, string objection)
        {
            var reading = new Reading("test.yml")
            {
                TemplateReview = option =>
                    objection.Length > 0 ? [new("test.yml", option.At, objection) { IsSyntax = true }] : [],
            };
            return (reading, reading.Root(YamlReader.Read(text, out _, out _)!));
        }

        /// <summary>A text, the template of a Jira field, or the names in a mapping.</summary>
        private string Value(T record, string key) =>
            ((YamlNode.Mapping)shape.Print(record))[key] switch
            {
                YamlNode.Scalar { Text: var text } => text,
                YamlNode.Mapping mapping when mapping["template"] is YamlNode.Scalar { Text: var text } => text,
                YamlNode.Mapping mapping => string.Join(", ", mapping.Entries.Select(static e => e.Name)),
                _ => "",
            };
    }
}
