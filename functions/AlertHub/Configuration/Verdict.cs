using AlertHub.Configuration.Yaml;

namespace AlertHub.Configuration;

/// <summary>All that can be said of a configuration and its template files before it is used.</summary>
public sealed record Verdict
{
    /// <summary>The configuration; null where its files have an error. Template files may have errors all the same.</summary>
    public HubConfig? Config { get; private init; }

    public required IReadOnlyList<Problem> Problems { get; init; }

    public IReadOnlyList<TemplateGlob> Templates { get; private init; } = [];

    public bool Failed => Problems.Any(static problem => problem.IsError);

    /// <param name="alertmanager">alertmanager.yml.</param>
    /// <param name="hub">hub.yml; null where there is none.</param>
    /// <param name="find">The files that an entry under <c>templates</c> stands for.</param>
    /// <param name="secretReview">What is wrong with where a secret stands; without it nothing is.</param>
    public static Verdict Of(
        ConfigFile alertmanager,
        ConfigFile? hub,
        Func<string, TemplateGlob> find,
        SecretReview? secretReview = null
    )
    {
        if (HubConfig.Load(alertmanager, hub, out var problems, secretReview: secretReview) is not { } config)
        {
            return new() { Problems = problems };
        }

        TemplateGlob[] globs = [.. config.Alertmanager.Templates.Select(find)];
        var library = new TemplateLibrary(globs);

        // Once more, now that the texts that are templates can be parsed.
        config = HubConfig.Load(
            alertmanager,
            hub,
            out problems,
            option => library.Review(option, option.File == hub?.Name ? hub : alertmanager),
            secretReview
        );
        return new()
        {
            Config = config,
            Problems =
            [
                .. problems
                    .Concat(globs.SelectMany((glob, i) => Complaints(glob, alertmanager, i)))
                    .Concat(library.Problems)
                    .Distinct(),
            ],
            Templates = globs,
        };
    }

    /// <summary>With what somebody else has to say of a receiver.</summary>
    /// <param name="file">alertmanager.yml.</param>
    /// <param name="receiver">Its name.</param>
    /// <param name="kind">Of its integrations; empty for the receiver as a whole.</param>
    /// <param name="message">A sentence.</param>
    public Verdict Warn(ConfigFile file, string receiver, string kind, string message) =>
        this with
        {
            Problems =
            [
                .. Problems,
                new()
                {
                    Severity = Severity.Warning,
                    File = file.Name,
                    At = Mark(file, receiver, kind),
                    Message = message,
                },
            ],
        };

    private static Mark Mark(ConfigFile file, string receiver, string kind)
    {
        var at =
            YamlReader.Read(file.Content.Span, out _, out _) is YamlNode.Mapping root
            && root["receivers"] is YamlNode.Sequence { Items: var receivers }
                ? receivers
                    .OfType<YamlNode.Mapping>()
                    .FirstOrDefault(each => each["name"] is YamlNode.Scalar name && name.Text == receiver)
                : null;
        return at?[$"{kind}_configs"]?.Mark ?? at?.Mark ?? Yaml.Mark.Start;
    }

    private static IEnumerable<Problem> Complaints(TemplateGlob glob, ConfigFile file, int index) =>
        glob.Objection is { } objection
            ?
            [
                new()
                {
                    Severity = glob.IsMissing ? Severity.Warning : Severity.Error,
                    File = file.Name,
                    At = Mark(file, index),
                    Path = $"templates[{index}]",
                    Message = objection,
                },
            ]
            : [];

    /// <summary>Where an entry of <c>templates</c> stands.</summary>
    private static Mark Mark(ConfigFile file, int index) =>
        YamlReader.Read(file.Content.Span, out _, out _) is YamlNode.Mapping root
        && root["templates"] is YamlNode.Sequence { Items: var items }
        && index < items.Count
            ? items[index].Mark
            : Yaml.Mark.Start;
}
