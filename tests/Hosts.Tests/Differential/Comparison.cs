using System.Globalization;
using System.Text.Json.Nodes;

namespace Hosts.Tests.Differential;

/// <summary>Finds the first difference between two sides, or between a side and what is expected of it.</summary>
internal static class Comparison
{
    /// <returns>A sentence, or null where the sides agree.</returns>
    public static string? Difference(Observation seen, bool isAlertHub)
    {
        var scenario = seen.Scenario;
        var tolerance = Scenario.ToleranceMs + scenario.ExtraToleranceMs;
        if (!scenario.Varies && scenario.Sends is { } sends && Unlike(sends, seen.A, tolerance) is { } unexpected)
        {
            return $"A is not as written: {unexpected}";
        }

        if (isAlertHub && scenario.Instead is { } instead)
        {
            return Unlike(instead, seen.B, tolerance) is { } worse ? $"B is not as promised: {worse}" : null;
        }

        return scenario.Varies ? null : AnswersDiffer(seen) ?? WebhooksDiffer(seen, tolerance);
    }

    private static string? AnswersDiffer(Observation seen) =>
        seen
            .A.Answers.Zip(seen.B.Answers)
            .Where(pair => pair.First != pair.Second && !IsAllowed(seen.Scenario, pair.First, pair.Second))
            .Select(pair => $"A answered \"{pair.First}\", B \"{pair.Second}\"")
            .FirstOrDefault();

    private static bool IsAllowed(Scenario scenario, string a, string b) =>
        scenario.Allowed.Contains(Allowance.UnknownSilence)
        && a.EndsWith(": 500", StringComparison.Ordinal)
        && b == a[..^3] + "404";

    private static string? WebhooksDiffer(Observation seen, int tolerance)
    {
        // Groups that tick at the same time come in any order; within a group the order is part of the behaviour.
        var groups = seen.A.Webhooks.Concat(seen.B.Webhooks).Select(Stream).Distinct().Order();
        foreach (var group in groups)
        {
            var (a, b) = (Of(seen.A), Of(seen.B));
            foreach (var (i, (one, other)) in a.Zip(b).Index())
            {
                if (Differ(one, other, tolerance) is { } difference)
                {
                    return $"{group.Receiver}, {group.Group}, webhook {i + 1}: {difference}";
                }
            }

            if (a.Length != b.Length)
            {
                var extra = a.Length > b.Length ? a[b.Length] : b[a.Length];
                return $"{group.Receiver}, {group.Group}: {(a.Length > b.Length ? "only A" : "only B")} sends {extra}";
            }

            Received[] Of(SideObservation side) => [.. side.Webhooks.Where(w => Stream(w) == group)];
        }

        return null;

        static (string Receiver, string Group) Stream(Received webhook) => (webhook.Receiver, webhook.Group);
    }

    private static string? Differ(Received a, Received b, int tolerance) =>
        a.Alerts != b.Alerts ? $"A sends \"{a.Alerts}\", B \"{b.Alerts}\""
        : Math.Abs(a.AtMs - b.AtMs) > tolerance
            ? string.Create(CultureInfo.InvariantCulture, $"A sends at {a.AtMs:0} ms, B at {b.AtMs:0} ms: {a.Alerts}")
        : a.Answer != b.Answer ? $"A was answered {a.Answer}, B {b.Answer}"
        : Differ("", a.Body, b.Body, tolerance);

    private static string? Differ(string path, JsonNode? a, JsonNode? b, int tolerance)
    {
        switch (a, b)
        {
            case (JsonObject left, JsonObject right):
                return left.Select(m => m.Key)
                    .Union(right.Select(m => m.Key))
                    .Where(name => !(path == "" && !left.ContainsKey(name) && Allowance.NewerFields.ContainsKey(name)))
                    .Select(name => Differ($"{path}.{name}", left, right, name, tolerance))
                    .FirstOrDefault(difference => difference is not null);
            case (JsonArray left, JsonArray right) when left.Count == right.Count:
                return left.Zip(right)
                    .Select(
                        (pair, i) =>
                            Differ(
                                string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"),
                                pair.First,
                                pair.Second,
                                tolerance
                            )
                    )
                    .FirstOrDefault(difference => difference is not null);
            default:
                return JsonNode.DeepEquals(a, b) || IsNear(path, a, b, tolerance)
                    ? null
                    : $"{path.TrimStart('.')} is {a?.ToJsonString() ?? "null"} at A and {b?.ToJsonString() ?? "null"} at B";
        }
    }

    private static string? Differ(string path, JsonObject a, JsonObject b, string name, int tolerance) =>
        (a.TryGetPropertyValue(name, out var left), b.TryGetPropertyValue(name, out var right)) switch
        {
            (true, false) => $"{path.TrimStart('.')} is only at A",
            (false, true) => $"{path.TrimStart('.')} is only at B",
            _ => Differ(path, left, right, tolerance),
        };

    /// <summary>
    /// A start or end that nobody posted is the time of the request, which each side reads from its own clock. What was
    /// posted stands on a whole millisecond and comes back as it was.
    /// </summary>
    private static bool IsNear(string path, JsonNode? a, JsonNode? b, int tolerance) =>
        (path.EndsWith(".startsAt", StringComparison.Ordinal) || path.EndsWith(".endsAt", StringComparison.Ordinal))
        && DateTimeOffset.TryParse(a?.ToString(), CultureInfo.InvariantCulture, out var left)
        && DateTimeOffset.TryParse(b?.ToString(), CultureInfo.InvariantCulture, out var right)
        && (left.Ticks % TimeSpan.TicksPerMillisecond, right.Ticks % TimeSpan.TicksPerMillisecond)
            is not
                (0, _)
                and not
                (_, 0)
        && Math.Abs((left - right).TotalMilliseconds) <= tolerance;

    private static string? Unlike(IReadOnlyList<Sent> expected, SideObservation side, int tolerance)
    {
        var left = side.Webhooks.ToList();
        foreach (var sent in expected)
        {
            var found = left.Find(w =>
                w.Receiver == sent.Receiver && w.Alerts == sent.Alerts && Math.Abs(w.AtMs - sent.AtMs) <= tolerance
            );
            if (found is null)
            {
                return $"there is no \"{sent.Alerts}\" to {sent.Receiver} at {sent.AtMs} ms";
            }

            left.Remove(found);
        }

        return left.Count == 0 ? null : $"nobody expected {left[0]}";
    }
}
