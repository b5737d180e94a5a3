using System.Security;

namespace AlertHub.Muting;

/// <summary>Where a clock hangs: a time zone by its IANA name, with the rules that the host's time zone data has for it.</summary>
public sealed record Location
{
    private Location(string name, TimeZoneInfo zone) => (Name, Zone) = (name, zone);

    public static Location Utc { get; } = new("UTC", TimeZoneInfo.Utc);

    /// <summary>As written, <c>UTC</c> for an empty one.</summary>
    public string Name { get; }

    internal TimeZoneInfo Zone { get; }

    /// <summary>
    /// <c>Europe/Zurich</c>, <c>UTC</c>, or <c>Local</c> for the host's own zone; null and what is wrong with it where
    /// the host does not know it.
    /// </summary>
    public static Location? Parse(string text, out string? objection)
    {
        objection = null;
        switch (text)
        {
            case "" or "UTC":
                return Utc;
            case "Local":
                return new(text, TimeZoneInfo.Local);
            // Go takes names for paths below the time zone data and refuses those that could lead out of it.
            case ['/' or '\\', ..]:
            case var _ when text.Contains("..", StringComparison.Ordinal) || text.Contains('\\'):
                break;
            default:
                if (Find(text) is { } zone)
                {
                    return new(text, zone);
                }

                break;
        }

        objection =
            $"\"{text}\" is not a location known here; write a name of the IANA time zone database such as \"Europe/Zurich\", in its capitals, or \"UTC\"; if the name is right, this machine lacks time zone data (package tzdata)";
        return null;
    }

    private static TimeZoneInfo? Find(string name)
    {
        try
        {
            // The platform knows Windows' names too, and in other capitals what it has found once. Go knows neither, and
            // another host with the same file must say the same.
            return TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId && zone.Id == name
                ? zone
                : null;
        }
        catch (Exception e) when (e is SecurityException or ArgumentException or IOException)
        {
            return null;
        }
    }

    internal DateTime LocalTime(DateTimeOffset now) => TimeZoneInfo.ConvertTime(now, Zone).DateTime;

    public bool Equals(Location? other) => other is not null && Name == other.Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;
}
