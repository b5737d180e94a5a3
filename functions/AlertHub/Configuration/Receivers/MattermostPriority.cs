using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>How urgent a post is; an acknowledgement may be asked of an important or urgent one, an urgent one may repeat itself.</summary>
public sealed record MattermostPriority
{
    public string Priority { get; init; } = "";

    /// <summary>Not with "standard".</summary>
    public bool RequestedAck { get; init; }

    /// <summary>With "urgent" only.</summary>
    public bool PersistentNotifications { get; init; }

    internal static Shape<MattermostPriority> Shape { get; } =
        new Shape<MattermostPriority>("mattermost_priority", new())
            .Field("priority", Kinds.Template, static c => c.Priority, static (c, v) => c with { Priority = v })
            .About("\"urgent\", \"important\" or \"standard\".")
            .Field(
                "requested_ack",
                Kinds.Bool,
                static c => c.RequestedAck,
                static (c, v) => c with { RequestedAck = v }
            )
            .About("Whether readers are asked to acknowledge it.")
            .Field(
                "persistent_notifications",
                Kinds.Bool,
                static c => c.PersistentNotifications,
                static (c, v) => c with { PersistentNotifications = v }
            )
            .About("Whether it notifies again until somebody answers.");
}
