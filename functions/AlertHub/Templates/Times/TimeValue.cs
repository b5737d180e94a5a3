using System.Collections.Frozen;
using AlertHub.Templates.Functions;
using AlertHub.Templates.Values;

namespace AlertHub.Templates.Times;

/// <summary>time.Time as templates see it: without fields, with those of its methods that return one plain value.</summary>
internal sealed class TimeValue(GoTime time) : StructValue
{
    public static GoType TimeType { get; } = GoType.Named("time.Time", GoKind.Struct);

    private static readonly FrozenDictionary<string, TemplateFunction> Methods = new TemplateFunction[]
    {
        new("Format", [GoType.String], static (in call) => TimeLayout.Format(Of(call), call.Text(0))),
        new("String", [], static (in call) => Of(call).ToString()),
        new("Unix", [], static (in call) => Int64(Of(call).Seconds)),
        new("UnixMilli", [], static (in call) => Int64(Of(call).Seconds * 1_000 + Of(call).Nanoseconds / 1_000_000)),
        new("UnixMicro", [], static (in call) => Int64(Of(call).Seconds * 1_000_000 + Of(call).Nanoseconds / 1_000)),
        new("UnixNano", [], static (in call) => Int64(Of(call).Seconds * 1_000_000_000 + Of(call).Nanoseconds)),
        new("UTC", [], static (in call) => new TimeValue(Of(call).In(GoZone.Utc))),
        new("Local", [], static (in call) => new TimeValue(Of(call).In(GoZone.Utc))),
        new("IsZero", [], static (in call) => Of(call).IsZero),
        new("Add", [DurationValue.DurationType], static (in call) => new TimeValue(Of(call).Add(call.Integer(0)))),
        new(
            "AddDate",
            [GoType.Int, GoType.Int, GoType.Int],
            static (in call) => AddDate(Of(call), call.Integer(0), call.Integer(1), call.Integer(2))
        ),
        new("Sub", [TimeType], static (in call) => new DurationValue(Of(call).Since(Other(call)))),
        new("After", [TimeType], static (in call) => Of(call).CompareTo(Other(call)) > 0),
        new("Before", [TimeType], static (in call) => Of(call).CompareTo(Other(call)) < 0),
        new("Equal", [TimeType], static (in call) => Of(call).CompareTo(Other(call)) == 0),
        new("Compare", [TimeType], static (in call) => (long)Of(call).CompareTo(Other(call))),
        new("Year", [], static (in call) => Of(call).Civil.Year),
        new("Month", [], static (in call) => NamedInteger.Month(Of(call).Civil.Month)),
        new("Day", [], static (in call) => (long)Of(call).Civil.Day),
        new("YearDay", [], static (in call) => (long)Of(call).Civil.DayOfYear),
        new("Weekday", [], static (in call) => NamedInteger.Weekday(Of(call).Civil.Weekday)),
        new("Hour", [], static (in call) => (long)Of(call).Civil.Hour),
        new("Minute", [], static (in call) => (long)Of(call).Civil.Minute),
        new("Second", [], static (in call) => (long)Of(call).Civil.Second),
        new("Nanosecond", [], static (in call) => (long)Of(call).Nanoseconds),
        new(
            "Truncate",
            [DurationValue.DurationType],
            static (in call) => Rounded(Of(call), call.Integer(0), up: false)
        ),
        new("Round", [DurationValue.DurationType], static (in call) => Rounded(Of(call), call.Integer(0), up: true)),
    }.ToFrozenDictionary(static method => method.Name);

    public GoTime Time => time;

    public override GoType Type => TimeType;

    public override IReadOnlyList<string> Fields => [];

    public override string Text => time.ToString();

    public override bool TryField(string name, out object? value)
    {
        value = null;
        return false;
    }

    public override TemplateFunction? Method(string name) => Methods.GetValueOrDefault(name);

    private static GoTime Of(in TemplateCall call) =>
        call.Receiver is TimeValue { Time: var time } ? time : GoTime.Zero;

    private static GoTime Other(in TemplateCall call) =>
        call.Arguments[0] is TimeValue { Time: var other } ? other : GoTime.Zero;

    private static IntegerValue Int64(long number) => new(GoType.Int64, number);

    /// <summary>By the calendar: a day beyond the month's end counts on into the next.</summary>
    private static object AddDate(GoTime time, long years, long months, long days)
    {
        var civil = time.Civil;
        const long most = 1_000_000_000;
        if (Math.Abs((double)years) > most || Math.Abs((double)months) > most || Math.Abs((double)days) > most)
        {
            return new CallError("the date is too far away");
        }

        var shift =
            GoTime.DaysBefore(civil.Year + years, civil.Month + months, civil.Day + days)
            - GoTime.DaysBefore(civil.Year, civil.Month, civil.Day);
        var there = time.Seconds + time.Offset.Offset + shift * 86_400;
        var guess = there - time.Offset.Offset;
        return new TimeValue(time with { Seconds = there - time.Zone.At(guess).Offset });
    }

    /// <summary>To multiples counted from the year 1.</summary>
    private static TimeValue Rounded(GoTime time, long multiple, bool up)
    {
        if (multiple <= 0)
        {
            return new(time);
        }

        var since = (Int128)(time.Seconds - GoTime.Zero.Seconds) * 1_000_000_000 + time.Nanoseconds;
        var over = (long)((since % multiple + multiple) % multiple);
        return new(time.Add(up && over >= multiple - over ? multiple - over : -over));
    }
}
