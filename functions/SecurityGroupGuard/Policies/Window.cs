using AlertHub.Configuration.Shapes;
using AlertHub.Muting;
using AlertHub.Text;
using Cronos;
using SecurityGroupGuard.Events;
using SecurityGroupGuard.Rules;

namespace SecurityGroupGuard.Policies;

/// <summary>
/// Times at which changes are allowed. It opens when the clock of its time zone shows what the cron expression says, and
/// closes a length of time later, whatever that clock does in between. Where clocks are put forward over the moment, it
/// opens right behind the gap; where they show it twice, it opens at the first.
/// </summary>
/// <remarks>An expression with <c>*</c> or a step in its hours or minutes goes on through the hour that comes twice (Cronos, README).</remarks>
internal sealed record Window
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>From where it is looked whether an expression ever holds; before a leap year.</summary>
    private static readonly DateTime Somewhen = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public required string Name { get; init; }

    /// <summary>When it opens. Null only in a document that has been refused.</summary>
    public CronExpression? Cron { get; init; }

    public TimeSpan Duration { get; init; }

    public Location TimeZone { get; init; } = Location.Utc;

    /// <summary>Whom it is for; anybody, where there is none.</summary>
    public IReadOnlyList<PrincipalPattern> Principals { get; init; } = [];

    /// <summary>A tag that the group must have had, with a value: the ticket of the change.</summary>
    public string? Tag { get; init; }

    public static Shape<Window> Shape { get; } =
        new Shape<Window>("window", new() { Name = "" })
            .Called("an entry of windows")
            .Field("name", Kinds.Text, static w => w.Name, static (w, v) => w with { Name = v })
            .About("By which messages call it.")
            .Field("cron", PolicyKinds.Cron, static w => w.Cron, static (w, v) => w with { Cron = v })
            .About("When it opens: minute, hour, day of the month, month, day of the week.")
            .Field("duration", Kinds.Duration, static w => w.Duration, static (w, v) => w with { Duration = v })
            .About("How long it is open; 31d at most.")
            .Field("time_zone", PolicyKinds.TimeZone, static w => w.TimeZone, static (w, v) => w with { TimeZone = v })
            .About("Whose clock cron goes by, such as Europe/Berlin.")
            .Field(
                "principals",
                Kinds.List(PolicyKinds.EachPrincipal),
                static w => w.Principals,
                static (w, v) => w with { Principals = v }
            )
            .About("Whom it is for, by ARN as under allow; anybody, if none is given.")
            .Field("tag", PolicyKinds.OptionalTagKey, static w => w.Tag, static (w, v) => w with { Tag = v })
            .About(
                "The key of a tag that the group must have had before, with a value, such as the number of a ticket."
            )
            .Require("name", "a window needs a name")
            .Require("cron", "say when it opens, such as \"0 22 * * SAT\"")
            .Require("duration", "say how long it is open, such as 4h")
            .Check(
                static (w, place) =>
                {
                    if (w.Duration > Longest)
                    {
                        place["duration"].Error($"expected at most {PrometheusDuration.Print(Longest)}");
                    }

                    if (w.IsNeverOpen)
                    {
                        place["cron"].Error($"\"{w.Cron}\" never comes: there is no such day");
                    }
                    else if (w.IsNeverClosed)
                    {
                        place["cron"]
                            .Warn("it opens again before it has closed, time after time, so it is always open");
                    }
                }
            );

    public bool IsFor(Actor actor) =>
        Principals.Count == 0 || Principals.Any(pattern => pattern.IsMatch(actor.Principal));

    public bool HasTicket(Tags tags) => Tag is null || tags[Tag] is { Length: > 0 };

    /// <summary>When it closes, if it is open: from the moment on at which it opens, until before the one at which it closes; where it opens again before, the first end.</summary>
    public DateTimeOffset? OpenUntil(DateTimeOffset at)
    {
        var now = at.UtcDateTime;
        var from = now - DateTime.MinValue < Duration ? new(0, DateTimeKind.Utc) : now - Duration;
        return Next(from, TimeZone.Zone) is { } opened && opened <= now ? End(opened) : null;
    }

    private DateTime End(DateTime opened) =>
        DateTime.MaxValue - opened < Duration
            ? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc)
            : opened + Duration;

    private bool IsNeverOpen => Cron is not null && Next(Somewhen, TimeZoneInfo.Utc) is null;

    /// <summary>Through a year, in which whatever cron can say comes round but the 29th of February.</summary>
    private bool IsNeverClosed
    {
        get
        {
            var end = Somewhen.AddYears(1);
            var last = Next(Somewhen, TimeZoneInfo.Utc);
            while (last is { } opened && Next(opened, TimeZoneInfo.Utc) is { } next && next - opened <= Duration)
            {
                if (next >= end)
                {
                    return true;
                }

                last = next;
            }

            return false;
        }
    }

    private DateTime? Next(DateTime after, TimeZoneInfo zone) => Cron?.GetNextOccurrence(after, zone);
}
