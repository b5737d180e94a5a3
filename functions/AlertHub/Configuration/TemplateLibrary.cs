using System.Text;
using AlertHub.Configuration.Yaml;
using AlertHub.Templates;

namespace AlertHub.Configuration;

/// <summary>The template files of a configuration, those that parse together with our own, to judge its options by.</summary>
internal sealed class TemplateLibrary
{
    private readonly List<(ConfigFile File, string Name, string Text)> files = [];
    private readonly List<Problem> problems = [];
    private readonly Dictionary<string, string[]> lines = [];
    private NotificationTemplates templates;

    /// <summary>False where a file that could not be read or parsed may define what else would be missing.</summary>
    private bool isComplete;

    public TemplateLibrary(IReadOnlyCollection<TemplateGlob> globs)
    {
        isComplete = globs.All(static glob => glob.Objection is null || glob.IsMissing);
        templates =
            NotificationTemplates.Load([], out var fault) ?? throw new InvalidOperationException(fault?.ToString());
        foreach (var file in globs.SelectMany(static glob => glob.Files))
        {
            Add(file);
        }
    }

    /// <summary>What is wrong with the files by themselves.</summary>
    public IReadOnlyList<Problem> Problems => problems;

    private void Add(ConfigFile file)
    {
        // Go names a template file after its last part.
        var name = file.Name[(file.Name.LastIndexOf('/') + 1)..];
        var text = Encoding.UTF8.GetString(file.Content.Span);
        if (NoText(file.Content.Span) is { } place)
        {
            Report(
                file,
                Severity.Warning,
                place,
                "this is no UTF-8 text from here on; save the template file as UTF-8"
            );
        }

        var good = files.Select(static known => (known.Name, known.Text)).Append((name, text));
        if (NotificationTemplates.Load(good, out var fault) is { } next)
        {
            files.Add((file, name, text));
            templates = next;
            return;
        }

        isComplete = false;
        var at = fault?.At is { } position ? MarkOf(position.Source.Text, position.Offset) : new(fault?.Line ?? 1, 1);
        Report(file, Severity.Error, at, fault?.Reason ?? "");
    }

    /// <summary>What will make an option fail as a template.</summary>
    /// <param name="option">The option.</param>
    /// <param name="source">The file in which it stands.</param>
    public IReadOnlyList<TemplateRemark> Review(TemplateOption option, ConfigFile source) =>
        templates.Check(option.Text) is { } syntax
            ? [Remark(syntax, option, source) with { IsSyntax = true }]
            :
            [
                .. templates
                    .Faults(
                        option.Text,
                        isHtml: option.Use == TemplateUse.Page,
                        isOfNotification: option.Use != TemplateUse.RouteLabel,
                        isComplete
                    )
                    .Select(fault => Remark(fault, option, source)),
            ];

    /// <summary>A fault's own place: in the option's text, or in the template file that the option calls.</summary>
    private TemplateRemark Remark(TemplateFault fault, TemplateOption option, ConfigFile source)
    {
        if (fault.At is not { } at)
        {
            return new(option.File, option.At, fault.Reason);
        }

        if (files.Find(file => ReferenceEquals(file.Text, at.Source.Text)) is { File: { } file })
        {
            return new(file.Name, MarkOf(at.Source.Text, at.Offset), fault.Reason);
        }

        if (at.Source.Name.Length > 0)
        {
            return new(option.File, option.At, $"in our own {at.Source.Name}, line {at.Line}: {fault.Reason}");
        }

        return ScalarPlace.Of(LinesOf(source), option.At, option.Text, at.Offset) is { } place
            ? new(option.File, place, fault.Reason)
            : new(option.File, option.At, (at.Line > 1 ? $"line {at.Line} of it: " : "") + fault.Reason);
    }

    private string[] LinesOf(ConfigFile file)
    {
        if (!lines.TryGetValue(file.Name, out var known))
        {
            var text = YamlText.Decode(file.Content.Span, out _, out _) ?? "";
            lines[file.Name] = known = text.ReplaceLineEndings("\n").Split('\n');
        }

        return known;
    }

    private static Mark MarkOf(string text, int offset)
    {
        var before = text.AsSpan(0, offset);
        return new(1 + before.Count('\n'), offset - before.LastIndexOf('\n'));
    }

    /// <summary>Where bytes stop being UTF-8, or a zero stands, which no text has; null where it is text.</summary>
    private static Mark? NoText(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; )
        {
            var status = Rune.DecodeFromUtf8(bytes[at..], out var rune, out var length);
            if (status != System.Buffers.OperationStatus.Done || rune.Value == 0)
            {
                var before = Encoding.UTF8.GetString(bytes[..at]);
                return MarkOf(before, before.Length);
            }

            at += length;
        }

        return null;
    }

    private void Report(ConfigFile file, Severity severity, Mark at, string message) =>
        problems.Add(
            new()
            {
                Severity = severity,
                File = file.Name,
                At = at,
                Message = message,
            }
        );
}
