using System.Buffers;
using System.Globalization;
using AlertHub.Alerts;
using AlertHub.Matching;
using AlertHub.Muting;
using AlertHub.Text;

namespace AlertHub.Api.AlertmanagerV2;

/// <summary>
/// The bodies of answers, as application/json, in Alertmanager's order of members and of items: with the members that came
/// after 0.25 (<c>mutedBy</c>, <c>routeLabels</c>, <c>annotations</c> of silences, <c>labels</c> of receivers).
/// </summary>
internal static class Answers
{
    /// <summary>By fingerprint.</summary>
    public static void Alerts(IBufferWriter<byte> body, IEnumerable<ShownAlert> alerts)
    {
        var json = new GoJsonWriter(body, escapesHtml: true);
        List(json, alerts.OrderBy(static alert => alert.Alert.Fingerprint), Alert);
        json.Raw("\n"u8);
    }

    /// <summary>By labels and then by receiver; each group's alerts as its notifications order them.</summary>
    public static void Groups(IBufferWriter<byte> body, IEnumerable<ShownGroup> groups)
    {
        var ordered = groups
            .OrderBy(static group => group.Labels, AlertOrder.LabelSets)
            .ThenBy(static group => group.Receiver, Comparer<string>.Create(GoString.Compare));
        var json = new GoJsonWriter(body, escapesHtml: true);
        List(json, ordered, Group);
        json.Raw("\n"u8);
    }

    public static void Silences(IBufferWriter<byte> body, IEnumerable<Silence> silences, DateTimeOffset now)
    {
        var json = new GoJsonWriter(body, escapesHtml: true);
        List(json, silences.Order(new SilenceOrder(now)), (json, silence) => Silence(json, silence, now));
        json.Raw("\n"u8);
    }

    public static void Silence(IBufferWriter<byte> body, Silence silence, DateTimeOffset now)
    {
        var json = new GoJsonWriter(body, escapesHtml: true);
        Silence(json, silence, now);
        json.Raw("\n"u8);
    }

    public static void SilenceId(IBufferWriter<byte> body, string id)
    {
        var json = new GoJsonWriter(body, escapesHtml: false);
        json.Raw("{\"silenceID\":"u8);
        json.String(id);
        json.Raw("}\n"u8);
    }

    /// <summary>In the order given, which is that of alertmanager.yml.</summary>
    public static void Receivers(IBufferWriter<byte> body, IEnumerable<ShownReceiver> receivers)
    {
        var json = new GoJsonWriter(body, escapesHtml: false);
        List(
            json,
            receivers,
            static (json, receiver) =>
            {
                if (receiver.Labels.Count > 0)
                {
                    json.Raw("{\"labels\":"u8);
                    json.Labels(receiver.Labels);
                    json.Raw(",\"name\":"u8);
                }
                else
                {
                    json.Raw("{\"name\":"u8);
                }

                json.String(receiver.Name);
                json.Raw("}"u8);
            }
        );
        json.Raw("\n"u8);
    }

    public static void Status(IBufferWriter<byte> body, ShownStatus status)
    {
        var json = new GoJsonWriter(body, escapesHtml: false);
        json.Raw("{\"cluster\":{"u8);
        if (!string.IsNullOrEmpty(status.Cluster.Name))
        {
            Member(json, "\"name\":"u8, status.Cluster.Name);
            json.Raw(","u8);
        }

        json.Raw("\"peers\":"u8);
        List(
            json,
            status.Cluster.Peers,
            static (json, peer) =>
            {
                Member(json, "{\"address\":"u8, peer.Address);
                Member(json, ",\"name\":"u8, peer.Name);
                json.Raw("}"u8);
            }
        );
        Member(json, ",\"status\":"u8, status.Cluster.Status);
        Member(json, "},\"config\":{\"original\":"u8, status.Config);
        json.Raw("},\"uptime\":"u8);
        json.Time(status.Uptime);
        Member(json, ",\"versionInfo\":{\"branch\":"u8, status.Version.Branch);
        Member(json, ",\"buildDate\":"u8, status.Version.BuildDate);
        Member(json, ",\"buildUser\":"u8, status.Version.BuildUser);
        Member(json, ",\"goVersion\":"u8, status.Version.GoVersion);
        Member(json, ",\"revision\":"u8, status.Version.Revision);
        Member(json, ",\"version\":"u8, status.Version.Version);
        json.Raw("}}\n"u8);
    }

    private static void Alert(GoJsonWriter json, ShownAlert shown)
    {
        var alert = shown.Alert.Alert;
        json.Raw("{\"annotations\":"u8);
        json.Labels(Annotation.Told(alert.Annotations));
        json.Raw(",\"endsAt\":"u8);
        // The member is required. One whose end nobody knows has Go's zero time, as in notifications.
        json.Time(alert.EndsAt ?? DateTimeOffset.MinValue);
        Member(json, ",\"fingerprint\":"u8, alert.Labels.FingerprintText);
        json.Raw(",\"receivers\":"u8);
        List(json, shown.Receivers, Receiver);
        json.Raw(",\"startsAt\":"u8);
        json.Time(alert.StartsAt);
        json.Raw(",\"status\":{\"inhibitedBy\":"u8);
        json.Strings(Inhibitors(shown.Mute));
        json.Raw(",\"mutedBy\":"u8);
        json.Strings(shown.MutedBy);
        json.Raw(",\"silencedBy\":"u8);
        json.Strings(shown.Mute.SilencedBy);
        json.Raw(
            shown.Mute.IsMuted || shown.MutedBy.Count > 0
                ? ",\"state\":\"suppressed\"},\"updatedAt\":"u8
                : ",\"state\":\"active\"},\"updatedAt\":"u8
        );
        json.Time(shown.Alert.UpdatedAt);
        if (alert.GeneratorUrl is { OriginalString.Length: > 0 } url)
        {
            Member(json, ",\"generatorURL\":"u8, url.OriginalString);
        }

        json.Raw(",\"labels\":"u8);
        json.Labels(alert.Labels);
        json.Raw("}"u8);
    }

    /// <summary>Each once: an alert can inhibit by several rules.</summary>
    private static IEnumerable<string> Inhibitors(AlertMute mute) =>
        mute
            .InhibitedBy.Select(static i => i.Source)
            .Distinct()
            .Select(static f => f.ToString("x16", CultureInfo.InvariantCulture));

    private static void Group(GoJsonWriter json, ShownGroup group)
    {
        json.Raw("{\"alerts\":"u8);
        List(json, group.Alerts.OrderBy(static alert => alert.Alert.Labels, AlertOrder.Labels), Alert);
        json.Raw(",\"labels\":"u8);
        json.Labels(group.Labels);
        json.Raw(",\"receiver\":"u8);
        Receiver(json, group.Receiver);
        json.Raw(",\"routeLabels\":"u8);
        json.Labels(group.RouteLabels);
        json.Raw("}"u8);
    }

    private static void Silence(GoJsonWriter json, Silence silence, DateTimeOffset now)
    {
        Member(json, "{\"id\":"u8, silence.Id);
        Member(json, ",\"status\":{\"state\":"u8, SilenceOrder.Name(silence.State(now)));
        json.Raw("},\"updatedAt\":"u8);
        json.Time(silence.UpdatedAt);
        json.Raw(",\"annotations\":"u8);
        json.Labels(silence.Annotations);
        Member(json, ",\"comment\":"u8, silence.Comment);
        Member(json, ",\"createdBy\":"u8, silence.CreatedBy);
        json.Raw(",\"endsAt\":"u8);
        json.Time(silence.EndsAt);
        json.Raw(",\"matchers\":"u8);
        List(json, silence.Matchers, Matcher);
        json.Raw(",\"startsAt\":"u8);
        json.Time(silence.StartsAt);
        json.Raw("}"u8);
    }

    private static void Matcher(GoJsonWriter json, Matcher matcher)
    {
        json.Raw("{\"isEqual\":"u8);
        json.Boolean(matcher.Operator is MatchOperator.Equal or MatchOperator.Regex);
        json.Raw(",\"isRegex\":"u8);
        json.Boolean(matcher.Operator is MatchOperator.Regex or MatchOperator.NotRegex);
        Member(json, ",\"name\":"u8, matcher.Name);
        Member(json, ",\"value\":"u8, matcher.Value);
        json.Raw("}"u8);
    }

    private static void Receiver(GoJsonWriter json, string name)
    {
        Member(json, "{\"name\":"u8, name);
        json.Raw("}"u8);
    }

    private static void Member(GoJsonWriter json, ReadOnlySpan<byte> before, string value)
    {
        json.Raw(before);
        json.String(value);
    }

    private static void List<T>(GoJsonWriter json, IEnumerable<T> items, Action<GoJsonWriter, T> write)
    {
        var separator = "["u8;
        foreach (var item in items)
        {
            json.Raw(separator);
            write(json, item);
            separator = ","u8;
        }

        json.Raw(separator[0] == '[' ? "[]"u8 : "]"u8);
    }
}
