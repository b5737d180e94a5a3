using AlertHub.Configuration;
using AlertHub.Routing;

namespace AlertHub.Channels;

/// <summary>What a configuration asks for that nobody does yet.</summary>
public static class Destinations
{
    /// <summary>
    /// Less the integrations that have no destination: whatever was decided for them would wait for ever, or be given up each
    /// time.
    /// </summary>
    public static HubConfig Existing(HubConfig config) =>
        config with
        {
            Receivers =
            [
                .. config.Receivers.Select(static receiver =>
                    receiver with
                    {
                        Integrations = [.. receiver.Integrations.Where(ChannelCatalog.Knows)],
                    }
                ),
            ],
        };

    /// <summary>Receivers with an integration that has no destination.</summary>
    public static int Lacking(HubConfig config) =>
        config.Receivers.Count(static receiver => !receiver.Integrations.All(ChannelCatalog.Knows));

    public static IEnumerable<Remark> Remarks(HubConfig config)
    {
        var used = RoutingTree
            .Compile(config.Alertmanager.Route)
            .Routes.Select(static route => route.Options.Receiver)
            .ToHashSet(StringComparer.Ordinal);
        return config.Receivers.SelectMany(receiver => Of(receiver, used.Contains(receiver.Name))).Distinct();
    }

    private static IEnumerable<Remark> Of(Receiver receiver, bool isUsed)
    {
        foreach (var integration in receiver.Integrations)
        {
            var isLoss = isUsed && !ChannelCatalog.Knows(integration);
            foreach (var warning in ChannelCatalog.Warnings(integration))
            {
                yield return new(receiver.Name, integration.Kind, warning, isLoss);
            }
        }

        if (isUsed && receiver.Integrations.Count > 0 && !receiver.Integrations.Any(ChannelCatalog.Knows))
        {
            yield return new(
                receiver.Name,
                "",
                "it has nobody left to tell: what is routed to it reaches nobody",
                true
            );
        }
    }

    /// <param name="Receiver">Its name.</param>
    /// <param name="Kind">Of its integrations; empty for all of them.</param>
    /// <param name="Text">What is not done.</param>
    /// <param name="IsLoss">Whether alerts are lost by it: a route leads there, and somebody is not told.</param>
    public sealed record Remark(string Receiver, string Kind, string Text, bool IsLoss)
    {
        public string Sentence => $"receiver \"{Receiver}\": {Text}";
    }
}
