namespace AlertHub.Templates.Times;

/// <summary>What calendar and clock show. The day of the year counts from 1, the weekday from Sunday, which is 0.</summary>
internal readonly record struct CivilTime(
    long Year,
    int Month,
    int Day,
    int DayOfYear,
    int Weekday,
    int Hour,
    int Minute,
    int Second
)
{
    private static readonly string[] MonthNames =
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];

    private static readonly string[] DayNames =
    [
        "Sunday",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
    ];

    public static IReadOnlyList<string> Months => MonthNames;

    public static IReadOnlyList<string> Weekdays => DayNames;

    /// <param name="seconds">Since 1970 on the clock of the place.</param>
    public static CivilTime Of(long seconds)
    {
        var (days, ofDay) = GoTime.FloorDivision(seconds, 86_400);
        var (era, dayOfEra) = GoTime.FloorDivision(days + 719_468, 146_097);
        var yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        var dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        var month = (5 * dayOfYear + 2) / 153;
        var day = (int)(dayOfYear - (153 * month + 2) / 5 + 1);
        var (year, civilMonth) = (
            era * 400 + yearOfEra + (month >= 10 ? 1 : 0),
            (int)(month < 10 ? month + 3 : month - 9)
        );
        return new(
            year,
            civilMonth,
            day,
            (int)(days - GoTime.DaysBefore(year, 1, 1)) + 1,
            (int)GoTime.FloorDivision(days + 4, 7).Remainder,
            (int)(ofDay / 3600),
            (int)(ofDay / 60 % 60),
            (int)(ofDay % 60)
        );
    }

    public static int DaysIn(long year, int month) =>
        month switch
        {
            2 => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28,
            4 or 6 or 9 or 11 => 30,
            _ => 31,
        };
}
