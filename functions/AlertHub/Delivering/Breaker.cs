namespace AlertHub.Delivering;

/// <summary>
/// Leaves a destination alone that fails again and again, and then tries it with a single message. Told the time; not safe
/// for several threads.
/// </summary>
internal sealed class Breaker
{
    /// <summary>So many failures in a row, of whatever groups, are the destination's and not a message's.</summary>
    public const int MostFailures = 5;

    public static readonly TimeSpan First = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private int failures;
    private int openings;
    private bool isProbed;

    /// <summary>Until when it is left alone; in the past where it may be tried.</summary>
    public DateTimeOffset OpenUntil { get; private set; }

    /// <summary>Whether it failed and has not been seen to work since.</summary>
    public bool IsOpen => openings > 0;

    /// <summary>How many messages it may be sent now.</summary>
    public int Admits(DateTimeOffset now) =>
        !IsOpen ? int.MaxValue
        : now < OpenUntil || isProbed ? 0
        : 1;

    public void Admitted() => isProbed = IsOpen;

    /// <summary>It answered, whatever it said.</summary>
    public void Answered() => (failures, openings, isProbed) = (0, 0, false);

    /// <summary>The message that was to try it told nothing of it.</summary>
    public void Abandoned() => isProbed = false;

    /// <param name="now">When it failed.</param>
    /// <param name="random">From 0 to 1: two hubs do not try it in step.</param>
    public void Failed(DateTimeOffset now, double random)
    {
        failures++;
        if (IsOpen ? now < OpenUntil : failures < MostFailures)
        {
            return;
        }

        openings++;
        isProbed = false;
        var length = TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(openings - 1, 20)));
        OpenUntil = now + (length * (0.5 + (random / 2)));
    }

    /// <summary>Somebody says that it may work again.</summary>
    public void TryAgain(DateTimeOffset now) => OpenUntil = OpenUntil < now ? OpenUntil : now;
}
