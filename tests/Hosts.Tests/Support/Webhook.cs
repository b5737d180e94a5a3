using System.Text;
using AlertHub.Sources;

namespace Hosts.Tests.Support;

/// <summary>Alertmanager's webhook with one alert of a given name.</summary>
internal static class Webhook
{
    public static string Json(string name) =>
        $$"""
            {"version":"4","status":"firing","alerts":[{"status":"firing","labels":{"alertname":"{{name}}"},
            "annotations":{},"startsAt":"2026-03-14T03:00:00Z","endsAt":"0001-01-01T00:00:00Z"}]}
            """;

    public static StringContent Body(string name) => new(Json(name), Encoding.UTF8, "application/json");

    public static readonly DateTimeOffset ReceivedAt = new(2026, 3, 14, 3, 0, 0, TimeSpan.Zero);

    public static Inbound Message(string name, string? id = null) =>
        new()
        {
            Body = Encoding.UTF8.GetBytes(Json(name)),
            Id = id,
            ReceivedAt = ReceivedAt,
        };
}
