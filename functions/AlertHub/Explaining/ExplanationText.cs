using System.Globalization;
using System.Text;
using AlertHub.Grouping;
using AlertHub.Routing;
using AlertHub.Text;

namespace AlertHub.Explaining;

/// <summary>
/// Explanations as plain text, for a terminal and somebody who is tired: alerts of one group follow each other, and what is
/// the same for all of them is said once, after the last.
/// </summary>
public static class ExplanationText
{
    public static string Render(IReadOnlyList<Explanation> explanations)
    {
        Explanation[] ordered =
        [
            .. explanations
                .GroupBy(static explanation => explanation.Groups is [var first, ..] ? first.Id : null)
                .SelectMany(static alike => alike),
        ];
        var last = new Dictionary<GroupId, Explanation>();
        foreach (var (explanation, group) in ordered.SelectMany(static e => e.Groups, static (e, group) => (e, group)))
        {
            last[group.Id] = explanation;
        }

        var text = new StringBuilder();
        var routesBefore = "";
        foreach (var explanation in ordered)
        {
            text.Append(text.Length == 0 ? "" : "\n");
            AppendAlert(text, explanation);
            var routes = Routes(explanation.Routes);
            text.Append(routes == routesBefore ? "\nRoutes: as of the alert before\n" : $"\nRoutes:\n{routes}\n");
            routesBefore = routes;
            AppendMute(text, explanation);
            foreach (var group in explanation.Groups.Where(group => ReferenceEquals(last[group.Id], explanation)))
            {
                new GroupText(group, [.. ordered.Where(each => each.Groups.Any(its => its.Id == group.Id))]).AppendTo(
                    text
                );
            }
        }

        return text.ToString();
    }

    private static void AppendAlert(StringBuilder text, Explanation explanation)
    {
        var alert = explanation.Alert;
        var firing = alert.IsFiring(explanation.Now);
        text.Append(Invariant($"{alert.Labels}\n  fingerprint {Hex(alert.Fingerprint)}, "))
            .Append(Invariant($"{(firing ? "firing" : "resolved")}, started {Time(alert.Alert.StartsAt)}"))
            .Append(
                alert.Alert.EndsAt is not { } end ? ", lasts until its producer says that it has ended"
                : !firing ? $", ended {Time(end)}"
                : alert.IsTimeout ? $", counts as ended at {Time(end)} unless it is sent again"
                : $", ends {Time(end)} unless its producer says otherwise"
            )
            .Append('\n');
    }

    private static string Routes(RouteVisit visit)
    {
        var text = new StringBuilder();
        AppendVisit(text, visit, depth: 1);
        return text.ToString();
    }

    private static void AppendVisit(StringBuilder text, RouteVisit visit, int depth)
    {
        var matchers = $"{{{string.Join(',', visit.Route.Matchers)}}}";
        var outcome = visit.Outcome switch
        {
            RouteOutcome.Reached => $"reached: receiver \"{visit.Route.Options.Receiver}\"",
            RouteOutcome.PassedOn => "matched",
            RouteOutcome.Refused(var matcher, null) => $"no: the alert has no label \"{matcher.Name}\" ({matcher})",
            RouteOutcome.Refused(var matcher, var value) =>
                $"no: {matcher.Name} is {GoString.Quote(value)} ({matcher})",
            _ => "not asked: a route before it matched and does not say continue",
        };
        var line = visit.Route.Line > 0 ? $" (line {visit.Route.Line.ToString(CultureInfo.InvariantCulture)})" : "";
        text.Append(' ', 2 * depth).Append(Invariant($"{matchers}{line} {outcome}\n"));
        foreach (var child in visit.Children)
        {
            AppendVisit(text, child, depth + 1);
        }
    }

    private static void AppendMute(StringBuilder text, Explanation explanation)
    {
        text.Append(explanation.Mute.IsMuted ? "Muted:\n" : "Muted: no, neither inhibited nor silenced\n");
        foreach (var (source, rule) in explanation.Mute.InhibitedBy)
        {
            text.Append(
                Invariant(
                    $"  inhibited by {source.Labels}, fingerprint {Hex(source.Fingerprint)}, through rule {rule}\n"
                )
            );
        }

        foreach (var silence in explanation.Silences)
        {
            text.Append(
                Invariant(
                    $"  silenced by {silence.Id} of \"{silence.CreatedBy}\" until {Time(silence.EndsAt)}: {silence.Comment}\n"
                )
            );
        }
    }

    private static string Hex(ulong fingerprint) => fingerprint.ToString("x16", null);

    /// <summary>RFC 3339, to the millisecond: what is finer says nothing to people.</summary>
    internal static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
