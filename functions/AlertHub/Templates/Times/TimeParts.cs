namespace AlertHub.Templates.Times;

/// <summary>What a text says of a time, part by part, before it is one.</summary>
internal struct TimeParts()
{
    public long Year;

    /// <summary>Below 0 where the text names none; so the day and the day of the year.</summary>
    public int Month = -1;
    public int Day = -1;
    public int DayOfYear = -1;
    public int Hour;
    public int Minute;
    public int Second;
    public int Nanoseconds;
    public bool? IsAfternoon;
    public int? Offset;
    public string? ZoneName;

    /// <summary>The time, in <paramref name="zone"/> where no other is named, or null and which part does not exist.</summary>
    public GoTime? Resolve(GoZone zone, out string objection)
    {
        objection = "there is no such day of the year";
        if (DayOfYear >= 0 && !ResolveDayOfYear())
        {
            return null;
        }

        objection = "there is no such day";
        (Month, Day) = (Math.Max(Month, 1), Day < 0 ? 1 : Day);
        if (Day < 1 || Day > CivilTime.DaysIn(Year, Month))
        {
            return null;
        }

        var hour = IsAfternoon switch
        {
            true when Hour < 12 => Hour + 12,
            false when Hour == 12 => 0,
            _ => Hour,
        };
        var local = GoTime.At(Year, Month, Day, hour * 3600 + Minute * 60 + Second, zone) with
        {
            Nanoseconds = Nanoseconds,
        };
        return InZone(local, zone);
    }

    /// <summary>The moment at which clock and calendar show there what they would in UTC at <paramref name="local"/>.</summary>
    private readonly GoTime InZone(GoTime local, GoZone zone)
    {
        if (Offset is { } given)
        {
            var moment = local with { Seconds = local.Seconds - given };
            if (given == 0 && ZoneName is null or "UTC")
            {
                return moment.In(GoZone.Utc);
            }

            var (called, there) = zone.At(moment.Seconds);
            return there == given && (ZoneName is null || called == ZoneName)
                ? moment.In(zone)
                : moment.In(GoZone.Fixed(ZoneName ?? "", given));
        }

        if (ZoneName is null)
        {
            var guess = zone.At(local.Seconds).Offset;
            return local with { Seconds = local.Seconds - zone.At(local.Seconds - guess).Offset };
        }

        if (zone.OffsetNamed(ZoneName, local.Seconds) is { } known)
        {
            return local with { Seconds = local.Seconds - known };
        }

        // Go gives the zone its offset but leaves the moment as it would be in UTC.
        return local.In(GoZone.Fixed(ZoneName, ZoneAbbreviation.Offset(ZoneName)));
    }

    private bool ResolveDayOfYear()
    {
        if (DayOfYear < 1 || DayOfYear > 337 + CivilTime.DaysIn(Year, 2))
        {
            return false;
        }

        var date = CivilTime.Of((GoTime.DaysBefore(Year, 1, 1) + DayOfYear - 1) * 86_400);
        if ((Month >= 0 && Month != date.Month) || (Day >= 0 && Day != date.Day))
        {
            return false;
        }

        (Month, Day) = (date.Month, date.Day);
        return true;
    }
}
