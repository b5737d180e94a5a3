using AlertHub.Templates.Values;

namespace AlertHub.Templates.Times;

/// <summary>time.Month and time.Weekday: a number that prints as its name.</summary>
internal sealed class NamedInteger(GoType type, long number, string name) : IntegerValue(type, number)
{
    private static readonly GoType MonthType = GoType.Named("time.Month", GoKind.Signed);
    private static readonly GoType WeekdayType = GoType.Named("time.Weekday", GoKind.Signed);

    public static NamedInteger Month(int month) => new(MonthType, month, CivilTime.Months[month - 1]);

    public static NamedInteger Weekday(int weekday) => new(WeekdayType, weekday, CivilTime.Weekdays[weekday]);

    public override string Text => name;
}
