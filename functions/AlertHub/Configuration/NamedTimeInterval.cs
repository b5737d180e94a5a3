using AlertHub.Configuration.Shapes;
using AlertHub.Configuration.Yaml;
using AlertHub.Muting;

namespace AlertHub.Configuration;

/// <summary>A named set of times; a moment is in it if it is in one of them.</summary>
public sealed record NamedTimeInterval
{
    public required string Name { get; init; }

    public IReadOnlyList<TimeInterval> Intervals { get; init; } = [];

    internal static Shape<NamedTimeInterval> Shape { get; } =
        new Shape<NamedTimeInterval>("named_time_interval", new() { Name = "" })
            .Field("name", Kinds.Text, static i => i.Name, static (i, v) => i with { Name = v })
            .About("By which routes call it.")
            .Always()
            .Field(
                "time_intervals",
                Kinds.List(Kinds.Struct(TimeIntervalShape.Shape)),
                static i => i.Intervals,
                static (i, v) => i with { Intervals = v }
            )
            .About("Times, any of which will do.")
            .Always()
            .Check(
                static (i, place) =>
                {
                    if (i.Name.Length == 0)
                    {
                        place["name"].Error("a time interval needs a name by which routes can call it");
                    }
                }
            );
}

/// <summary>How time intervals are written.</summary>
internal static class TimeIntervalShape
{
    private delegate T? Parser<T>(string text, out string? objection)
        where T : struct;

    /// <summary>Start and end as written, until both are known.</summary>
    private sealed record StartAndEnd(string Start, string End);

    private static Kind<string> TimeText { get; } =
        Kinds.TextOf(
            static (_, _) => null,
            static () =>
                Schemas.Pattern(
                    "^(([01]\\d|2[0-3]):[0-5]\\d|24:00)?$",
                    "write HH:MM with two digits each, 00:00 to 24:00"
                )
        );

    private static Shape<StartAndEnd> Bounds { get; } =
        new Shape<StartAndEnd>("time_range", new("", ""))
            .Field("start_time", TimeText, static t => t.Start, static (t, v) => t with { Start = v })
            .About("When it begins, HH:MM.")
            .Field("end_time", TimeText, static t => t.End, static (t, v) => t with { End = v })
            .About("When it has ended, HH:MM; 24:00 for the end of the day.");

    public static Shape<TimeInterval> Shape { get; } =
        new Shape<TimeInterval>("time_interval", new())
            .Field("times", Kinds.OptionalList(Times()), static i => i.Times, static (i, v) => i with { Times = v })
            .About("Times of the day.")
            .Field(
                "weekdays",
                Ranges<WeekdayRange>(WeekdayRange.Parse, Weekdays),
                static i => i.Weekdays,
                static (i, v) => i with { Weekdays = v }
            )
            .About("Days of the week: saturday, monday:friday.")
            .Field(
                "days_of_month",
                Ranges<DayOfMonthRange>(DayOfMonthRange.Parse),
                static i => i.DaysOfMonth,
                static (i, v) => i with { DaysOfMonth = v }
            )
            .About("Days of the month: 1:5, -3:-1.")
            .Field(
                "months",
                Ranges<MonthRange>(MonthRange.Parse),
                static i => i.Months,
                static (i, v) => i with { Months = v }
            )
            .About("Months: december, 1:3.")
            .Field(
                "years",
                Ranges<YearRange>(YearRange.Parse),
                static i => i.Years,
                static (i, v) => i with { Years = v }
            )
            .About("Years: 2026, 2026:2028.")
            .Field("location", Location(), static i => i.Location, static (i, v) => i with { Location = v })
            .About("The time zone, such as Europe/Zurich; UTC if not given.");

    private static Kind<IReadOnlyList<T>?> Ranges<T>(
        Parser<T> parse,
        Func<System.Text.Json.Nodes.JsonObject>? schema = null
    )
        where T : struct =>
        Kinds.OptionalList<T>(
            new KindOf<T>(
                place =>
                {
                    if (Kinds.ReadText(place) is not { } text)
                    {
                        return default;
                    }

                    var range = parse(text, out var objection);
                    if (range is null)
                    {
                        place.Error($"{objection}");
                    }

                    return range ?? default;
                },
                static range => Kinds.Quoted($"{range}"),
                static _ => false,
                _ => (schema ?? Schemas.Text)()
            )
        );

    private static System.Text.Json.Nodes.JsonObject Weekdays()
    {
        const string Names = "sunday|monday|tuesday|wednesday|thursday|friday|saturday";

        // Patterns of JSON schemas cannot leave capitals aside as a whole.
        var any = string.Concat(Names.Select(static c => c == '|' ? "|" : $"[{c}{char.ToUpperInvariant(c)}]"));
        return Schemas.Pattern($"^({any})(:({any}))?$", "write weekdays in full, as in saturday or monday:friday");
    }

    private static KindOf<TimeRange> Times() =>
        new(
            static place =>
            {
                var bounds = Bounds.Require(place);
                if (bounds.Start.Length == 0 || bounds.End.Length == 0)
                {
                    place.Error("a time range needs both start_time and end_time");
                    return default;
                }

                var start = TimeOfDay.Parse(bounds.Start, out var objection);
                if (start is null)
                {
                    place["start_time"].Error($"{objection}");
                }

                var end = TimeOfDay.Parse(bounds.End, out objection);
                if (end is null)
                {
                    place["end_time"].Error($"{objection}");
                }

                if (start is null || end is null)
                {
                    return default;
                }

                var range = TimeRange.Create(start.Value, end.Value, out objection);
                if (range is null)
                {
                    place.Error($"{objection}");
                }

                return range ?? default;
            },
            static range => Bounds.Print(new($"{range.Start}", $"{range.End}")),
            static _ => false,
            static definitions => Bounds.Schema(definitions)
        );

    private static KindOf<Location?> Location() =>
        new(
            static place =>
            {
                if (place.Node is YamlNode.Scalar { IsNull: true } || Kinds.ReadText(place) is not { } text)
                {
                    return null;
                }

                var location = Muting.Location.Parse(text, out var objection);
                if (location is null)
                {
                    place.Error($"{objection}");
                }

                return location;
            },
            static location => location is null ? new YamlNode.Scalar("null") : Kinds.Quoted(location.Name),
            static location => location is null,
            static _ => Schemas.Text()
        );
}
