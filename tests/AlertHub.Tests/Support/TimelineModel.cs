namespace AlertHub.Tests.Support;

/// <summary>
/// Alertmanager's group, told apart from our rules: sets of names, seconds, and what a receiver believes. With what we do
/// better: an end that the receiver does not know of counts even if the alert is muted, and is kept while nobody may be
/// told.
/// </summary>
internal sealed class TimelineModel(bool sendResolved, bool hasNights = true)
{
    public const int Wait = 30;
    public const int Interval = 60;
    public const int Repeat = 600;

    /// <summary>Minutes after the start in which nobody is told: from, to.</summary>
    public static readonly (int From, int To)[] Nights = [(5, 8), (12, 20), (25, 26)];

    private readonly HashSet<string> firing = [];
    private readonly HashSet<string> silenced = [];
    private readonly SortedSet<string> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> group = [];
    private readonly HashSet<string> believed = [];
    private (HashSet<string> Firing, HashSet<string> Resolved, int At)? log;
    private int? due;

    public List<string> Tellings { get; } = [];

    public void Fire(int now, string name)
    {
        due ??= now + Wait;
        firing.Add(name);
        Insert(name);
    }

    public void Resolve(string name)
    {
        firing.Remove(name);
        if (due is not null)
        {
            Insert(name);
        }
    }

    public void Silence(string name) => silenced.Add(name);

    public void Unsilence(string name) => silenced.Remove(name);

    public void PassTo(int now)
    {
        while (due is { } tick && tick <= now)
        {
            due = tick + Interval;
            Flush(tick);
            group.RemoveWhere(name => !firing.Contains(name) && !(IsNight(tick) && believed.Contains(name)));
            if (group.Count == 0)
            {
                due = null;
            }
        }
    }

    private void Flush(int now)
    {
        string[] listed = IsNight(now)
            ? []
            : [.. known.Where(group.Contains).Where(n => !IsMuted(n) || (!firing.Contains(n) && believed.Contains(n)))];
        if (listed.Length == 0)
        {
            return;
        }

        HashSet<string> fire = [.. listed.Where(firing.Contains)];
        HashSet<string> end = [.. listed.Except(fire)];
        var reason = Reason(now, fire, end);
        if (reason is not null)
        {
            var told = sendResolved ? listed : [.. listed.Where(fire.Contains)];
            if (told.Length > 0)
            {
                Tellings.Add($"{now} {reason}: {string.Join(' ', told.Select(n => fire.Contains(n) ? n : $"-{n}"))}");
            }

            log = (fire, end, now);
        }
        else
        {
            log?.Firing.ExceptWith(end.Where(IsMuted));
        }

        believed.UnionWith(fire);
        believed.ExceptWith(end);
    }

    private string? Reason(int now, HashSet<string> fire, HashSet<string> end)
    {
        if (log is not { } last || last.Firing.Count == 0)
        {
            return fire.Count > 0 ? "first notification"
                : end.Overlaps(believed) ? "all alerts resolved"
                : null;
        }

        return fire.Except(last.Firing).Any() ? "new alerts added"
            : fire.Count == 0 ? "all alerts resolved"
            : sendResolved && end.Except(last.Resolved).Any() ? "some alerts resolved"
            : now - last.At >= Repeat ? "repeat interval elapsed"
            : null;
    }

    private bool IsMuted(string name) => silenced.Contains(name) || firing.Contains($"above-{name}");

    private bool IsNight(int now) => hasNights && Nights.Any(night => now / 60 >= night.From && now / 60 < night.To);

    private void Insert(string name)
    {
        known.Add(name);
        group.Add(name);
    }
}
