using AlertHub.Configuration.Shapes;
using AlertHub.Configuration.Yaml;

namespace AlertHub.Configuration;

/// <summary>One alertmanager.yml: checked, and with its defaults filled in.</summary>
public sealed partial record AlertmanagerConfig
{
    public GlobalConfig Global { get; init; } = new();

    public required RouteConfig Route { get; init; }

    public required IReadOnlyList<Receiver> Receivers { get; init; }

    public IReadOnlyList<InhibitRule> InhibitRules { get; init; } = [];

    /// <summary>Globs of template files, as written.</summary>
    public IReadOnlyList<string> Templates { get; init; } = [];

    public IReadOnlyList<NamedTimeInterval> TimeIntervals { get; init; } = [];

    /// <summary>The older spelling of <see cref="TimeIntervals"/>, kept apart for printing only.</summary>
    public IReadOnlyList<NamedTimeInterval> MuteTimeIntervals { get; init; } = [];

    /// <summary>
    /// Reads a file by Alertmanager's rules. The verdict is Alertmanager's; the problems are all that there are, in the
    /// order of the file, and where one of them is an error there is no configuration.
    /// </summary>
    /// <param name="content">The file's bytes: UTF-8, or UTF-16 with a byte order mark.</param>
    /// <param name="file">The name by which problems call it.</param>
    /// <param name="problems">Errors and warnings.</param>
    /// <param name="templateReview">What is to be said of a text as a template; without it nothing is.</param>
    /// <param name="secretReview">What is wrong with where a secret stands; without it nothing is.</param>
    public static AlertmanagerConfig? Load(
        ReadOnlySpan<byte> content,
        string file,
        out IReadOnlyList<Problem> problems,
        TemplateReview? templateReview = null,
        SecretReview? secretReview = null
    )
    {
        var reading = new Reading(file)
        {
            TemplateReview = templateReview ?? (static _ => []),
            SecretReview = secretReview ?? (static _ => null),
        };
        var config = Read(content, reading);
        problems = reading.Problems;
        return reading.Failed ? null : config;
    }

    /// <summary>The same of a text.</summary>
    public static AlertmanagerConfig? Load(
        string text,
        string file,
        out IReadOnlyList<Problem> problems,
        TemplateReview? templateReview = null
    ) => Load(System.Text.Encoding.UTF8.GetBytes(text), file, out problems, templateReview);

    /// <summary>
    /// The marshalled form, which <c>/api/v2/status</c> gives: everything that is inherited and every default written
    /// out, secrets as <c>&lt;secret&gt;</c>. Loading it gives the same configuration again.
    /// </summary>
    public string Print() => YamlWriter.Write(Shape.Print(this));

    public override string ToString() => Print();

    private static AlertmanagerConfig? Read(ReadOnlySpan<byte> content, Reading reading)
    {
        var root = YamlReader.Read(content, out var at, out var objection);
        if (objection is not null)
        {
            reading.Report(Severity.Error, at, "", objection);
            return null;
        }

        if (root is null or YamlNode.Scalar { IsNull: true })
        {
            reading.Report(Severity.Error, at, "", "the file is empty; it needs at least a route and its receiver");
            return null;
        }

        if (root is YamlNode.Mapping mapping && mapping["apiVersion"] is not null && mapping["kind"] is not null)
        {
            reading.Report(
                Severity.Error,
                root.Mark,
                "",
                "this is a Kubernetes object; take out alertmanager.yml, which stands below its data or stringData"
            );
            return null;
        }

        if (YamlText.Decode(content, out _, out _) is { } text && YamlText.SecondDocument(text) is { } second)
        {
            reading.Report(
                Severity.Warning,
                second,
                "",
                "a second document begins here; it is not read, nor is the rest"
            );
        }

        return Shape.Read(reading.Root(root));
    }
}
