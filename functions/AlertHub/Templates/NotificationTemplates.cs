using System.Collections.Concurrent;
using System.Text;
using AlertHub.Alerts;
using AlertHub.Configuration;
using AlertHub.Notifying;
using AlertHub.Templates.Alertmanager;
using AlertHub.Templates.Checking;
using AlertHub.Templates.Functions;
using AlertHub.Templates.Html;

namespace AlertHub.Templates;

/// <summary>
/// The templates of a configuration: our own under Alertmanager's names, and those of its template files, which may
/// redefine them. Renders the texts of its receivers. Safe to use from several threads.
/// </summary>
public sealed class NotificationTemplates
{
    /// <summary>A configuration has tens of texts; whoever makes them up pays for their parsing.</summary>
    private const int MostKept = 1_000;

    private readonly TemplateSet templates;
    private readonly ConcurrentDictionary<(string Text, bool IsHtml), TemplateSet> ready = [];

    private NotificationTemplates(TemplateSet templates) => this.templates = templates;

    /// <summary>Our own alone.</summary>
    public static NotificationTemplates Default =>
        FromFiles([], out var objection) ?? throw new InvalidOperationException(objection);

    internal TemplateLimits Limits { get; init; } = TemplateLimits.Default;

    /// <summary>Our own templates, and in their order those of template files; or null and which one is wrong where.</summary>
    public static NotificationTemplates? FromFiles(IEnumerable<ConfigFile> files, out string? objection)
    {
        // Go names a template file after its last part.
        var texts = files.Select(static f => (Path.GetFileName(f.Name), Encoding.UTF8.GetString(f.Content.Span)));
        var templates = Load(texts, out var fault);
        objection = fault?.ToString();
        return templates;
    }

    /// <summary>The same of texts.</summary>
    internal static NotificationTemplates? Load(IEnumerable<(string Name, string Text)> files, out TemplateFault? fault)
    {
        var functions = new TemplateFunctions(AlertmanagerFunctions.Make());
        TemplateSet? templates = TemplateSet.Empty(functions);
        fault = null;
        foreach (var (name, text) in DefaultTemplates.All.Concat(files))
        {
            templates = templates.Parse(name, text, out fault);
            if (templates is null)
            {
                return null;
            }
        }

        return new(templates);
    }

    /// <summary>The names that a text may call with <c>template</c>.</summary>
    internal IEnumerable<string> Names => templates.Trees.Keys.Where(static name => name.Length > 0);

    /// <summary>What is wrong with a text before there is any data; null where it parses.</summary>
    internal TemplateFault? Check(string text, bool isHtml = false)
    {
        _ = Prepare(text, isHtml, out var fault);
        return fault;
    }

    /// <summary>
    /// All that will make a text fail before there is any data: that it does not parse, or that it uses templates and fields
    /// which do not exist, itself or in a template that it calls.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="isHtml">Whether it becomes a page.</param>
    /// <param name="isOfNotification">Whether it is given a notification; where not, nothing is said of fields.</param>
    /// <param name="isComplete">Whether these are all templates; where not, nothing is said of missing ones.</param>
    internal IReadOnlyList<TemplateFault> Faults(
        string text,
        bool isHtml = false,
        bool isOfNotification = true,
        bool isComplete = true
    )
    {
        if (Prepare(text, isHtml: false, out var fault) is not { } plain)
        {
            return fault is null ? [] : [fault];
        }

        var faults = TemplateCheck.Of(plain, "", isOfNotification ? TemplateData.DataType : null, isComplete);
        return faults.Count == 0 && isHtml && isComplete && Check(text, isHtml) is { } unsafeAs ? [unsafeAs] : faults;
    }

    /// <summary>
    /// What a text of a receiver says of a notification, or null and why not, which may quote the text. Nothing is escaped.
    /// </summary>
    public string? Render(string text, Notification notification, out string? objection)
    {
        var data = TemplateData.Of(
            notification,
            notification.Receiver,
            notification.Reason.Text(),
            notification.RouteLabels
        );
        var rendered = RenderText(text, data, out var fault);
        objection = fault?.ToString();
        return rendered;
    }

    /// <summary>
    /// The notification with the labels of its route rendered, as Alertmanager does since 0.34; a label that fails stays as
    /// it was written.
    /// </summary>
    public Notification WithRouteLabels(Notification notification)
    {
        if (notification.RouteLabels.All(static label => !IsTemplate(label.Value)))
        {
            return notification;
        }

        var data = TemplateData.Of(notification, notification.Receiver, notification.Reason.Text());
        return notification with
        {
            RouteLabels = Labels.Of(
                notification.RouteLabels.Select(label =>
                    label with
                    {
                        Value = RenderText(label.Value, data, out _) ?? label.Value,
                    }
                )
            ),
        };
    }

    /// <summary>A plain text, or null and why not. Nothing is escaped.</summary>
    internal string? RenderText(string text, TemplateData data, out TemplateFault? fault) =>
        Render(text, data, isHtml: false, out fault);

    /// <summary>A page or part of one in which all values are escaped as their place asks for, or null and why not.</summary>
    internal string? RenderHtml(string text, TemplateData data, out TemplateFault? fault) =>
        Render(text, data, isHtml: true, out fault);

    private string? Render(string text, TemplateData data, bool isHtml, out TemplateFault? fault)
    {
        if (!IsTemplate(text) && !isHtml)
        {
            fault = null;
            return text;
        }

        var environment = new TemplateEnvironment { Now = data.Now, RouteLabels = data.RouteLabels.Labels };
        return Prepare(text, isHtml, out fault)?.Render("", data, environment, out fault, Limits);
    }

    private static bool IsTemplate(string text) => text.Contains("{{", StringComparison.Ordinal);

    private TemplateSet? Prepare(string text, bool isHtml, out TemplateFault? fault)
    {
        fault = null;
        if (ready.TryGetValue((text, isHtml), out var known))
        {
            return known;
        }

        var set = templates.Parse("", text, out fault);
        if (set is not null && isHtml)
        {
            set = ContextualEscaping.Apply(set, "", out fault);
        }

        if (set is not null && ready.Count < MostKept)
        {
            ready.TryAdd((text, isHtml), set);
        }

        return set;
    }
}
