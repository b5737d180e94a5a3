using AlertHub.Configuration.Shapes;

namespace AlertHub.Configuration.Receivers;

/// <summary>Mail clients show messages that refer to the same first one as one conversation (RFC 5322, References).</summary>
public sealed record ThreadingConfig
{
    public bool Enabled { get; init; }

    public string ThreadByDate { get; init; } = "";

    internal static Shape<ThreadingConfig> Shape { get; } =
        new Shape<ThreadingConfig>("email_threading", new())
            .Field("enabled", Kinds.Bool, static c => c.Enabled, static (c, v) => c with { Enabled = v })
            .About("Whether the messages of a group refer to one another.")
            .Field(
                "thread_by_date",
                Kinds.Text,
                static c => c.ThreadByDate,
                static (c, v) => c with { ThreadByDate = v }
            )
            .About("\"daily\" begins a new thread every day, \"none\" never does.");
}
