namespace AlertHub.Templates.Times;

/// <summary>A place's time: its offset from UTC at a moment and what the offset is called there.</summary>
internal sealed class GoZone
{
    public static GoZone Utc { get; } = new("UTC", place: null, name: "UTC", offset: 0);

    private readonly TimeZoneInfo? place;
    private readonly string name;
    private readonly int offset;

    private GoZone(string id, TimeZoneInfo? place, string name, int offset)
    {
        Id = id;
        (this.place, this.name, this.offset) = (place, name, offset);
    }

    /// <summary>The name it was asked for by: <c>Europe/Paris</c>.</summary>
    public string Id { get; }

    public static GoZone Fixed(string name, int offset) => new(name, place: null, name, offset);

    /// <summary>A place of the IANA database, or null where there is none of that name.</summary>
    public static GoZone? Find(string name)
    {
        // The engine runs in UTC, so that is what Go's Local is here.
        if (name is "" or "UTC" or "Local")
        {
            return name == "Local" ? Fixed("UTC", 0) : Utc;
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var place) && place.HasIanaId
            ? new(name, place, "", 0)
            : null;
    }

    /// <param name="seconds">Since 1970.</param>
    public (string Name, int Offset) At(long seconds)
    {
        if (place is null)
        {
            return (name, offset);
        }

        var moment = DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(seconds, Earliest, Latest));
        var there = (int)place.GetUtcOffset(moment).TotalSeconds;
        var called = place.IsDaylightSavingTime(moment) ? place.DaylightName : place.StandardName;
        return (IsAbbreviation(called) ? called : "", there);
    }

    /// <summary>The offset that this place calls so, for a time that is parsed.</summary>
    public int? OffsetNamed(string abbreviation, long near) =>
        At(near) is var (called, there) && called == abbreviation ? there : null;

    private static readonly long Earliest = DateTimeOffset.MinValue.ToUnixTimeSeconds() + 86_400;
    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds() - 86_400;

    /// <summary>The platform may know a longer name (<c>Central European Time</c>), which no layout means.</summary>
    private static bool IsAbbreviation(string name) =>
        name.Length is >= 3 and <= 6 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '+' or '-');
}
