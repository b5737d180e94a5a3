namespace AlertHub.Alerts;

/// <summary>
/// Something that is wrong, from <see cref="StartsAt"/> until <see cref="EndsAt"/>. Its labels are its identity; its
/// annotations are what to tell a person, under the names of <see cref="Annotation"/> where one fits.
/// </summary>
public sealed record Alert
{
    public required Labels Labels { get; init; }

    public Labels Annotations { get; init; } = Labels.Empty;

    public required DateTimeOffset StartsAt { get; init; }

    /// <summary>When it ended or will have ended; null while that is not known.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Where its producer shows it; null where there is no such page.</summary>
    public Uri? GeneratorUrl { get; init; }

    /// <summary>The name people know it by.</summary>
    public string Name => Labels[Label.AlertName] ?? Annotations[Annotation.Summary] ?? "Alert without a name";

    /// <summary>
    /// Whether it only says that something happened: it is told once, is never over, and is the same alert only as long as it
    /// is the same message.
    /// </summary>
    public bool IsMessage => Labels[Label.Message] is not null;

    public AlertStatus Status(DateTimeOffset now) => EndsAt <= now ? AlertStatus.Resolved : AlertStatus.Firing;
}

public enum AlertStatus
{
    Firing,
    Resolved,
}
