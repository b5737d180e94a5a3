using System.Text;
using AlertHub.Alerts;
using AlertHub.Notifying;
using AlertHub.Templates.Alertmanager;
using AlertHub.Templates.Values;

namespace AlertHub.Templates;

/// <summary>template.Data: what a template is given, of one notification.</summary>
internal sealed class TemplateData : RecordValue
{
    public static GoType DataType { get; } = GoType.Named("template.Data", GoKind.Struct);

    private static readonly string[] FieldNames =
    [
        "Receiver",
        "Status",
        "Alerts",
        "NotificationReason",
        "GroupLabels",
        "CommonLabels",
        "CommonAnnotations",
        "RouteLabels",
        "ExternalURL",
    ];

    private static readonly string[] NamesInJson =
    [
        "receiver",
        "status",
        "alerts",
        "notification_reason",
        "groupLabels",
        "commonLabels",
        "commonAnnotations",
        "routeLabels",
        "externalURL",
    ];

    /// <summary>The receiver's name, quoted as for a regular expression, as Alertmanager hands it on.</summary>
    public required string Receiver { get; init; }

    public required string Status { get; init; }

    public required AlertList Alerts { get; init; }

    public string NotificationReason { get; init; } = "";

    public KeyValues GroupLabels { get; init; } = KeyValues.Empty;

    public KeyValues CommonLabels { get; init; } = KeyValues.Empty;

    public KeyValues CommonAnnotations { get; init; } = KeyValues.Empty;

    public KeyValues RouteLabels { get; init; } = KeyValues.Empty;

    public string ExternalUrl { get; init; } = "";

    /// <summary>How many more alerts the group has. Ours: <c>.TruncatedAlerts</c>, not among what is printed of the data.</summary>
    public long TruncatedAlerts { get; init; }

    /// <summary>What <c>now</c> and <c>since</c> take as the present: the notification's moment.</summary>
    public required DateTimeOffset Now { get; init; }

    public override GoType Type => DataType;

    public override IReadOnlyList<string> Fields => FieldNames;

    public override IReadOnlyList<string> JsonNames => NamesInJson;

    /// <summary>
    /// The data of a notification to a receiver, the reason why it is sent (<c>first notification</c>), the labels of its
    /// route with their templates rendered, and where this hub is reached. Of a notification passed on, its sender's
    /// address stands.
    /// </summary>
    public static TemplateData Of(
        Notification notification,
        string receiver,
        string reason = "",
        Labels? routeLabels = null,
        Uri? externalUrl = null
    ) =>
        new()
        {
            Receiver = QuotedForRegex(receiver),
            Status = AlertValue.Word(notification.Status == AlertStatus.Firing),
            Alerts = new([.. notification.Alerts.Select(alert => AlertValue.Of(alert, notification.Now))]),
            NotificationReason = reason,
            GroupLabels = new(notification.GroupLabels),
            CommonLabels = new(notification.CommonLabels),
            CommonAnnotations = new(Annotation.Told(notification.CommonAnnotations)),
            RouteLabels = new(routeLabels ?? Labels.Empty),
            ExternalUrl = (notification.ExternalUrl ?? externalUrl)?.OriginalString ?? "",
            TruncatedAlerts = notification.TruncatedAlerts,
            Now = notification.Now,
        };

    public override bool TryField(string name, out object? value)
    {
        value = name switch
        {
            "Receiver" => Receiver,
            "Status" => Status,
            "Alerts" => Alerts,
            "NotificationReason" => NotificationReason,
            "GroupLabels" => GroupLabels,
            "CommonLabels" => CommonLabels,
            "CommonAnnotations" => CommonAnnotations,
            "RouteLabels" => RouteLabels,
            "ExternalURL" => ExternalUrl,
            "TruncatedAlerts" => TruncatedAlerts,
            _ => null,
        };
        return value is not null;
    }

    /// <summary>Go's regexp.QuoteMeta, which quotes other characters than .NET's.</summary>
    private static string QuotedForRegex(string name)
    {
        var quoted = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            _ = @"\.+*?()|[]{}^$".Contains(c) ? quoted.Append('\\').Append(c) : quoted.Append(c);
        }

        return quoted.ToString();
    }
}
