namespace AlertHub.Templates.Times;

/// <summary>
/// A moment to the nanosecond, in any year, and where it is told (time.Time). .NET's own types know neither year 0, which
/// is what a parsed time without a date has, nor nanoseconds.
/// </summary>
internal readonly record struct GoTime(long Seconds, int Nanoseconds, GoZone Zone)
{
    private const int PerDay = 86_400;
    private const int PerSecond = 1_000_000_000;

    /// <summary>0001-01-01 00:00:00 UTC: no time at all.</summary>
    public static GoTime Zero { get; } = At(1, 1, 1, 0, GoZone.Utc);

    public static GoTime Of(DateTimeOffset moment)
    {
        var ticks = moment.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        var (seconds, rest) = FloorDivision(ticks, TimeSpan.TicksPerSecond);
        return new(seconds, (int)rest * 100, GoZone.Utc);
    }

    /// <summary>A day of the calendar and seconds into it, in UTC.</summary>
    public static GoTime At(long year, int month, int day, long secondsOfDay, GoZone zone) =>
        new(DaysBefore(year, month, day) * PerDay + secondsOfDay, 0, zone);

    public bool IsZero => Seconds == Zero.Seconds && Nanoseconds == 0;

    public (string Name, int Offset) Offset => Zone.At(Seconds);

    public CivilTime Civil => CivilTime.Of(Seconds + Offset.Offset);

    public GoTime In(GoZone zone) => this with { Zone = zone };

    /// <summary>Both ends are as far as Go's own go; beyond them stands the last moment.</summary>
    public GoTime Add(long nanoseconds)
    {
        var (seconds, rest) = FloorDivision(nanoseconds, PerSecond);
        var sum = Nanoseconds + (int)rest;
        return this with { Seconds = Seconds + seconds + sum / PerSecond, Nanoseconds = sum % PerSecond };
    }

    /// <summary>Nanoseconds from <paramref name="other"/> to this, no more than fit.</summary>
    public long Since(GoTime other)
    {
        var difference = (Int128)(Seconds - other.Seconds) * PerSecond + (Nanoseconds - other.Nanoseconds);
        return (long)Int128.Clamp(difference, long.MinValue, long.MaxValue);
    }

    public int CompareTo(GoTime other) =>
        Seconds != other.Seconds ? Seconds.CompareTo(other.Seconds) : Nanoseconds.CompareTo(other.Nanoseconds);

    /// <summary>Days from 1970 to a date of the Gregorian calendar, before its time too; months beyond 12 count on.</summary>
    public static long DaysBefore(long year, long month, long day)
    {
        var (years, months) = FloorDivision(month - 1, 12);
        year += years;
        // Years begin in March, so that the day that comes and goes is the last.
        var (y, m) = months < 2 ? (year - 1, months + 10) : (year, months - 2);
        var (era, yearOfEra) = FloorDivision(y, 400);
        var dayOfYear = (153 * m + 2) / 5 + day - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }

    public static (long Quotient, long Remainder) FloorDivision(long value, long divisor)
    {
        var (quotient, rest) = Math.DivRem(value, divisor);
        return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest);
    }

    public override string ToString() => TimeLayout.Format(this, "2006-01-02 15:04:05.999999999 -0700 MST");
}
