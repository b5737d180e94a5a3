using AlertHub.Grouping;
using AlertHub.Notifying;

namespace AlertHub.Delivering;

/// <summary>
/// The way to one destination: who may send now, and when the others may. They are let in by when their deliveries were
/// due, each at a moment of its own, so that after an outage they do not all come at once; what is only to be shown after
/// all that is to be told, which it never holds up. Not safe for several threads.
/// </summary>
/// <param name="budget">What the destination takes; null for whatever comes.</param>
internal sealed class Gate(Budget? budget)
{
    /// <summary>Where the destination has no budget, those who waited come in such a distance.</summary>
    private static readonly TimeSpan Distance = TimeSpan.FromMilliseconds(20);

    /// <summary>Those who stand in line while one tries whether the destination works ask again then.</summary>
    private static readonly TimeSpan ProbeLength = TimeSpan.FromSeconds(2);

    /// <summary>Whoever does not come when it may has lost its place: its work item is gone, or its delivery.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Breaker breaker = new();
    private readonly SortedDictionary<Place, DateTimeOffset> line = new(Place.Order);
    private DateTimeOffset quietUntil;

    /// <summary>Changes may have a limit of their own.</summary>
    private DateTimeOffset unshownUntil;

    /// <summary>When the budget was, or will be, all spent: it has one more for each part of the time since.</summary>
    private DateTimeOffset spentAt;

    /// <summary>A place in line: by when the delivery was due.</summary>
    private readonly record struct Place(bool IsShown, DateTimeOffset Due, GroupId Group)
    {
        public static Comparer<Place> Order { get; } =
            Comparer<Place>.Create(
                static (a, b) =>
                    a.IsShown != b.IsShown ? a.IsShown.CompareTo(b.IsShown)
                    : a.Due != b.Due ? a.Due.CompareTo(b.Due)
                    : string.CompareOrdinal(a.Group.ToString(), b.Group.ToString())
            );
    }

    /// <summary>How long to wait before asking again; null where this one may be sent now, and is.</summary>
    /// <param name="group">Which asks.</param>
    /// <param name="due">When its delivery was.</param>
    /// <param name="now">When it asks.</param>
    /// <param name="isShown">Whether it is only to be shown.</param>
    public TimeSpan? Wait(GroupId group, DateTimeOffset due, DateTimeOffset now, bool isShown = false)
    {
        var place = new Place(isShown, due, group);
        var before = Before(place, now);
        var open = Later(now, quietUntil, breaker.OpenUntil);
        open = isShown ? Later(open, unshownUntil) : open;
        var admits = open > now ? 0 : Math.Min(breaker.Admits(now), Available(now));
        if (budget is null && !breaker.IsOpen ? admits > 0 : before < admits)
        {
            line.Remove(place);
            breaker.Admitted();
            Spend(now);
            return null;
        }

        // Whoever is first and is not let in although the way is open waits for the answer to the one that tries it.
        open = open <= now && breaker.IsOpen ? now + ProbeLength : open;
        var turn = budget is null
            ? open + (before * Distance)
            : Later(open, Full(open, budget) + ((before + 1) * budget.Each));
        line[place] = turn;
        return Longer(turn - now, Distance);
    }

    /// <summary>What became of what was let in.</summary>
    /// <param name="result">Of the attempt.</param>
    /// <param name="now">When it came.</param>
    /// <param name="random">From 0 to 1.</param>
    public void After(DeliveryResult result, DateTimeOffset now, double random)
    {
        switch (result)
        {
            case DeliveryResult.TryLater { After: { } asked }:
                quietUntil = Later(quietUntil, now + (asked < Retry.LongestWait ? asked : Retry.LongestWait));
                breaker.Abandoned();
                break;
            case DeliveryResult.TryLater or DeliveryResult.Ambiguous:
                breaker.Failed(now, random);
                break;
            default:
                quietUntil = now;
                breaker.Answered();
                break;
        }
    }

    /// <summary>What became of what was let in only to be shown: it says nothing about what is to be told.</summary>
    public void AfterShowing(DeliveryResult result, DateTimeOffset now)
    {
        if (result is DeliveryResult.TryLater { After: { } asked })
        {
            unshownUntil = now + (asked < Retry.LongestWait ? asked : Retry.LongestWait);
        }

        breaker.Abandoned();
    }

    /// <summary>What was let in was not sent, or says nothing of the destination.</summary>
    public void Abandoned() => breaker.Abandoned();

    /// <summary>The configuration is another: whatever failed may work.</summary>
    public void TryAgain(DateTimeOffset now)
    {
        (quietUntil, unshownUntil) = (now, now);
        breaker.TryAgain(now);
    }

    public GateState State(Destination destination, DateTimeOffset now) =>
        new()
        {
            Destination = destination,
            IsOpen = breaker.IsOpen,
            ClosedUntil = Later(quietUntil, breaker.OpenUntil) is var until && until > now ? until : null,
            Waiting = line.Count(each => IsExpected(each.Value, now)),
        };

    private int Before(Place place, DateTimeOffset now)
    {
        var before = 0;
        List<Place>? lost = null;
        foreach (var (other, turn) in line)
        {
            if (Place.Order.Compare(other, place) >= 0)
            {
                break;
            }

            if (IsExpected(turn, now))
            {
                before++;
            }
            else
            {
                (lost ??= []).Add(other);
            }
        }

        lost?.ForEach(other => line.Remove(other));
        return before;
    }

    private static bool IsExpected(DateTimeOffset turn, DateTimeOffset now) => turn + Patience > now;

    private int Available(DateTimeOffset now) =>
        budget is null ? int.MaxValue : (int)((now - Full(now, budget)).Ticks / budget.Each.Ticks);

    private void Spend(DateTimeOffset now)
    {
        if (budget is not null)
        {
            spentAt = Full(now, budget) + budget.Each;
        }
    }

    /// <summary>The bucket holds no more than a burst, for however long nothing was taken from it.</summary>
    private DateTimeOffset Full(DateTimeOffset now, Budget budget) =>
        Later(spentAt, now - (budget.Burst * budget.Each));

    private static DateTimeOffset Later(params ReadOnlySpan<DateTimeOffset> times)
    {
        var latest = times[0];
        foreach (var time in times)
        {
            latest = time > latest ? time : latest;
        }

        return latest;
    }

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}

/// <summary>How it stands with a destination.</summary>
public sealed record GateState
{
    public required Destination Destination { get; init; }

    /// <summary>Whether it failed again and again, and was not seen to work since.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>Until when nothing is sent there: it failed, or asked for it. Null where something may be.</summary>
    public required DateTimeOffset? ClosedUntil { get; init; }

    /// <summary>How many deliveries wait to be let in.</summary>
    public required int Waiting { get; init; }
}
