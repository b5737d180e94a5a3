using System.Text;
using System.Text.RegularExpressions;

namespace Infra;

/// <summary>The configuration that a deployment puts in force: the text of the files of a folder.</summary>
public sealed partial record ConfigFolder
{
    private const string AlertmanagerFile = "alertmanager.yml";
    private const string HubFile = "hub.yml";

    /// <summary>
    /// CloudFormation hands the properties of a custom resource, the old ones beside the new, to the function in one
    /// asynchronous event, which may have 256 KB (Lambda quotas).
    /// </summary>
    public const int LongestBytes = 100 * 1024;

    /// <summary>alertmanager.yml.</summary>
    public required string Alertmanager { get; init; }

    /// <summary>hub.yml; null where there is none.</summary>
    public string? Hub { get; init; }

    /// <summary>The text of each .tmpl file, by its path in the folder; always in the same order.</summary>
    public IReadOnlyDictionary<string, string> Templates { get; init; } = new Dictionary<string, string>();

    private const string TemplateFiles = "*.tmpl";

    /// <summary>Reads the folder.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="parameters">Path of Parameter Store below which the hub may read.</param>
    /// <param name="refuse">Told what is wrong, as a sentence without its full stop.</param>
    /// <returns>What the files say; null where they cannot be read.</returns>
    public static ConfigFolder? Read(string path, string parameters, Action<string> refuse)
    {
        if (ReadText(Path.Combine(path, AlertmanagerFile)) is not { } alertmanager)
        {
            refuse(
                $"\"{path}\" has no {AlertmanagerFile} that can be read; name a folder that has one, for example infra/config"
            );
            return null;
        }

        var folder = new ConfigFolder
        {
            Alertmanager = alertmanager,
            Hub = ReadText(Path.Combine(path, HubFile)),
            Templates = ReadTemplates(path),
        };
        if (folder.Bytes() is var bytes && bytes > LongestBytes)
        {
            refuse(
                $"the files of \"{path}\" have {bytes} bytes, and CloudFormation carries no more than {LongestBytes}; "
                    + "deploy a shorter one, and put this one in force over the API (PUT /hub/config)"
            );
        }

        if (Directory.EnumerateFiles(path, TemplateFiles, SearchOption.AllDirectories).Count() > folder.Templates.Count)
        {
            refuse(
                $"\"{path}\" has templates in folders of its own, and the hub knows templates by their names alone; move them to "
                    + $"\"{path}\" itself"
            );
        }

        foreach (
            var (file, text) in ((string, string)[])[(AlertmanagerFile, alertmanager), (HubFile, folder.Hub ?? "")]
        )
        {
            foreach (var secret in ForeignSecrets(text, parameters))
            {
                refuse(
                    $"{file} of \"{path}\" refers to \"ssm:{secret}\", and this hub may read below {parameters}/secrets/ only; "
                        + "change the reference, or name its path with -c parameters"
                );
            }
        }

        return folder;
    }

    private static SortedDictionary<string, string> ReadTemplates(string path)
    {
        var templates = new SortedDictionary<string, string>(StringComparer.Ordinal);
        // By their names alone, as the hub keeps them.
        foreach (var file in Directory.EnumerateFiles(path, TemplateFiles))
        {
            if (ReadText(file) is { } text)
            {
                templates.Add(Path.GetFileName(file), text);
            }
        }

        return templates;
    }

    // Without the line ends that Git gives a file on Windows, so that the template does not depend on the machine.
    private static string? ReadText(string file) =>
        File.Exists(file) ? File.ReadAllText(file).Replace("\r\n", "\n", StringComparison.Ordinal) : null;

    private int Bytes() =>
        Encoding.UTF8.GetByteCount(Alertmanager)
        + Encoding.UTF8.GetByteCount(Hub ?? "")
        + Templates.Sum(template => Encoding.UTF8.GetByteCount(template.Key + template.Value));

    private static IEnumerable<string> ForeignSecrets(string text, string parameters) =>
        from line in text.Split('\n')
        where !line.TrimStart().StartsWith('#')
        from Match reference in ParameterReference().Matches(line)
        let name = reference.Groups[1].Value
        where !name.StartsWith($"{parameters}/secrets/", StringComparison.Ordinal)
        select name;

    [GeneratedRegex(@"\bssm:(/[A-Za-z0-9_./-]+)")]
    private static partial Regex ParameterReference();
}
