using System.Text;
using AlertHub;
using AlertHub.Alerts;
using AlertHub.Channels;
using AlertHub.Channels.Secrets;
using AlertHub.Configuration;
using AlertHub.Notifying;
using AlertHub.Templates;

namespace Hosts.Tests.Support;

/// <summary>The channel of one integration, as it stands in alertmanager.yml.</summary>
internal sealed class ConfiguredChannel : IDisposable
{
    private readonly ChannelCatalog catalog;
    private readonly IChannel channel;

    /// <param name="integration">For example <c>webhook_configs: [{url: http://x}]</c>.</param>
    /// <param name="time">Tells when tokens expire.</param>
    /// <param name="variable">The environment.</param>
    /// <param name="folder">That of alertmanager.yml.</param>
    public ConfiguredChannel(
        string integration,
        TimeProvider? time = null,
        Func<string, string?>? variable = null,
        string folder = ""
    )
    {
        var yaml = $"""
            route: {"{receiver: r}"}
            receivers:
            - name: r
            {string.Join('\n', integration.Split('\n').Select(static line => $"  {line}"))}
            """;
        var config = HubConfig.Load(new("alertmanager.yml", Encoding.UTF8.GetBytes(yaml)), null, out var problems);
        var found = config?.Receivers[0].Integrations[0] ?? throw new FormatException(string.Join('\n', problems));
        catalog = new(
            new()
            {
                Secrets = new LocalSecretSource(variable ?? (static _ => null)),
                Templates = NotificationTemplates.Default,
                Console = TextWriter.Null,
                Time = time ?? TimeProvider.System,
                Variable = variable ?? (static _ => null),
                Folder = folder,
            }
        );
        channel = catalog.Create(found) ?? throw new FormatException($"{found.Kind} has no channel");
    }

    public static Notification Notification { get; } =
        new()
        {
            Now = Webhook.ReceivedAt,
            Receiver = "r",
            Alerts = [new() { Labels = Labels.Of([new(Label.AlertName, "Something")]), StartsAt = Webhook.ReceivedAt }],
        };

    public Task<DeliveryResult> SendAsync() => SendAsync(Notification);

    public Task<DeliveryResult> SendAsync(Notification notification) =>
        channel.SendAsync(notification, CancellationToken.None);

    /// <summary>As a reload does with the channels of before.</summary>
    public void Dispose() => catalog.Dispose();
}
