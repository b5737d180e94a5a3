using AlertHub.Configuration;

namespace AlertHub.Grouping;

/// <summary>A receiver, and the names that groups have for its integrations.</summary>
public sealed class GroupReceiver
{
    internal GroupReceiver(Receiver receiver)
    {
        Name = receiver.Name;
        var counts = new Dictionary<string, int>();
        Integrations =
        [
            .. receiver.Integrations.Select(integration =>
            {
                var index = counts.GetValueOrDefault(integration.Kind);
                counts[integration.Kind] = index + 1;
                return (new IntegrationId(integration.Kind, index), integration);
            }),
        ];
    }

    public string Name { get; }

    public IReadOnlyList<(IntegrationId Id, Integration Integration)> Integrations { get; }

    /// <summary>Null where it has no such integration any more.</summary>
    public Integration? Find(IntegrationId id) => Integrations.FirstOrDefault(each => each.Id == id).Integration;
}
