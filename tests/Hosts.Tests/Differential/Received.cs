using System.Globalization;
using System.Text.Json.Nodes;
using Hosts.Tests.Support;

namespace Hosts.Tests.Differential;

/// <summary>A webhook as it arrived, in the scenario's time.</summary>
internal sealed class Received
{
    private Received(string receiver, double atMs, int answer, JsonObject body)
    {
        (Receiver, AtMs, Answer, Body) = (receiver, atMs, answer, body);
        Alerts = string.Join(", ", body["alerts"]!.AsArray().Select(a => Brief(a!.AsObject())));
        if ((int?)body["truncatedAlerts"] is { } cut and > 0)
        {
            Alerts += string.Create(CultureInfo.InvariantCulture, $", {cut} more");
        }
    }

    public string Receiver { get; }

    public double AtMs { get; }

    /// <summary>The status that it was answered with.</summary>
    public int Answer { get; }

    public JsonObject Body { get; }

    /// <summary>As in <see cref="Sent.Alerts"/>.</summary>
    public string Alerts { get; }

    public string Group => (string)Body["groupKey"]!;

    public static Received From(WebhookPost post, string receiver, Pace pace) =>
        new(receiver, pace.Ms(post.At), post.Answer, JsonNode.Parse(post.Body)!.AsObject());

    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{AtMs, 7:0} ms  {Receiver}: {Alerts}{(Answer == 200 ? "" : $" (answered {Answer})")}"
        );

    /// <summary>An alert's labels without the scenario's, and its status.</summary>
    private static string Brief(JsonObject alert) =>
        $"{Series(alert["labels"]!.AsObject())} {alert["status"]}".TrimStart();

    /// <summary>As in <see cref="PostedAlert.Series"/>.</summary>
    public static string Series(JsonObject labels) =>
        string.Join(
            ' ',
            labels
                .Where(l => l.Key != "scenario")
                .OrderBy(l => l.Key != "alertname")
                .ThenBy(l => l.Key, StringComparer.Ordinal)
                .Select(l => l.Key == "alertname" ? $"{l.Value}" : $"{l.Key}={l.Value}")
        );
}
