using AlertHub.Configuration.Yaml;

namespace AlertHub.Configuration.Shapes;

/// <summary>One file being read: all problems are collected, none ends it.</summary>
internal sealed class Reading(string file)
{
    private readonly HashSet<Problem> problems = [];
    private readonly HashSet<(Mark At, string Path)> wrong = [];
    private readonly HashSet<string> wrongPaths = new(StringComparer.Ordinal);
    private readonly HashSet<string> misspelt = new(StringComparer.Ordinal);
    private readonly HashSet<(string File, Mark At)> elsewhere = [];

    /// <summary>What is to be said of a text that is a template. Nothing until a parser is given.</summary>
    public TemplateReview TemplateReview { get; init; } = static _ => [];

    /// <summary>What is wrong with where a secret stands. Nothing, unless the host says otherwise.</summary>
    public SecretReview SecretReview { get; init; } = static _ => null;

    /// <summary>What is to be said of the text at a place as a template.</summary>
    public IReadOnlyList<TemplateRemark> Review(Place place, string text, TemplateUse use = TemplateUse.Text) =>
        text.Contains("{{", StringComparison.Ordinal)
            ? TemplateReview(new(file, place.Node.Mark, text) { Use = use })
            : [];

    public bool Failed { get; private set; }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Problem> Problems =>
        [
            .. problems
                .OrderBy(p => p.File != file)
                .ThenBy(static p => p.File, StringComparer.Ordinal)
                .ThenBy(static p => (p.At.Line, p.At.Column))
                .ThenBy(static p => p.Path, StringComparer.Ordinal),
        ];

    /// <summary>A remark may stand in another file: that of a template which the option calls.</summary>
    public void Warn(TemplateRemark remark, string path, string message)
    {
        if (remark.File == file)
        {
            Report(Severity.Warning, remark.At, path, message);
        }
        else if (elsewhere.Add((remark.File, remark.At)))
        {
            problems.Add(
                new()
                {
                    Severity = Severity.Warning,
                    File = remark.File,
                    At = remark.At,
                    Message = OneLine(message),
                }
            );
        }
    }

    public void Report(Severity severity, Mark at, string path, string message)
    {
        if (severity == Severity.Error)
        {
            Failed = true;
            if (misspelt.Contains(path) || IsConsequence(at, path))
            {
                return;
            }

            wrong.Add((at, path));
            wrongPaths.Add(path);
        }

        problems.Add(
            new()
            {
                Severity = severity,
                File = file,
                At = at,
                Path = OneLine(path),
                Message = OneLine(message),
            }
        );
    }

    /// <summary>What stands at a path under another name, which has been said: nobody is told that it is missing.</summary>
    public void Misspelt(string path) => misspelt.Add(path);

    /// <summary>Whether something has been said of what stands at a path, so that more of it would be a consequence.</summary>
    public bool IsWrong(string path) => wrongPaths.Contains(path) || misspelt.Contains(path);

    /// <summary>What is quoted from the file may hold line breaks, spaces that are none, and worse.</summary>
    private static string OneLine(string text) =>
        text.Any(IsUnseen) ? string.Concat(text.Select(static c => IsUnseen(c) ? $"\\u{(int)c:X4}" : $"{c}")) : text;

    private static bool IsUnseen(char c) => char.IsControl(c) || (char.IsWhiteSpace(c) && c != ' ');

    /// <summary>What cannot be read lacks everything that would be in it; that it cannot be read has been said.</summary>
    private bool IsConsequence(Mark at, string path)
    {
        for (
            var end = path.Length;
            end >= 0;
            end = end == 0 ? -1 : Math.Max(0, path.LastIndexOfAny(['.', '['], end - 1))
        )
        {
            if (wrong.Contains((at, path[..end])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The place of the whole document.</summary>
    public Place Root(YamlNode root) => new(this, root, "");
}
