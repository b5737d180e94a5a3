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
    public static Verdict Of(ConfigFile alertmanager, ConfigFile? hub, Func<string, TemplateGlob> find)
    {
        if (HubConfig.Load(alertmanager, hub, out var problems) is not { } config)
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
            option => library.Review(option, option.File == hub?.Name ? hub : alertmanager)
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
