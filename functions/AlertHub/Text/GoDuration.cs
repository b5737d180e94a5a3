using System.Buffers;
using System.Globalization;

namespace AlertHub.Text;

/// <summary>
/// Lengths of time as Go writes them (time.Duration): <c>1h30m0.5s</c>. Go counts nanoseconds; a TimeSpan keeps a tenth of a
/// microsecond and drops what is finer.
/// </summary>
public static class GoDuration
{
    private static readonly SearchValues<char> AfterUnit = SearchValues.Create("0123456789.");
    private const long PerMicrosecond = 1_000;
    private const long PerMillisecond = 1_000_000;
    private const long PerSecond = 1_000_000_000;

    /// <summary>A length of time (time.ParseDuration), or null and what is wrong with the text.</summary>
    public static TimeSpan? Parse(string text, out string? objection) =>
        ParseNanoseconds(text, out objection) is { } nanoseconds ? TimeSpan.FromTicks(nanoseconds / 100) : null;

    /// <summary>The same, as Go counts.</summary>
    public static long? ParseNanoseconds(string text, out string? objection)
    {
        var negative = text.StartsWith('-');
        var rest = text.AsSpan(negative || text.StartsWith('+') ? 1 : 0);
        objection = rest.Length == 0 ? $"\"{text}\" is not a duration; write one such as 30s, 5m or 1h30m" : null;
        if (rest.SequenceEqual("0"))
        {
            return 0;
        }

        UInt128 total = 0;
        while (rest.Length > 0 && objection is null)
        {
            var whole = Digits(rest);
            var fraction = rest.Length > whole && rest[whole] == '.' ? Digits(rest[(whole + 1)..]) : -1;
            var end = fraction < 0 ? whole : whole + 1 + fraction;
            if (whole + Math.Max(fraction, 0) == 0)
            {
                objection = $"\"{text}\" is not a duration: \"{rest}\" does not begin with a number";
                break;
            }

            var letters = rest[end..].IndexOfAny(AfterUnit) is var next and >= 0 ? next : rest.Length - end;
            var name = rest.Slice(end, letters);
            if (Unit(name) is not { } unit)
            {
                objection = name.IsEmpty
                    ? $"\"{text}\" is not a duration: \"{rest[..end]}\" has no unit; write {rest[..end]}s for seconds"
                    : $"\"{text}\" is not a duration: \"{name}\" is no unit; they are h, m, s, ms, us, ns";
                break;
            }

            total += Count(rest[..whole], fraction > 0 ? rest.Slice(whole + 1, fraction) : [], unit);
            objection = total > (UInt128)1 << 63 ? $"\"{text}\" is too long: a duration is below 292 years" : null;
            rest = rest[(end + name.Length)..];
        }

        if (objection is null && total > long.MaxValue && !negative)
        {
            objection = $"\"{text}\" is too long: a duration is below 292 years";
        }

        return objection is not null ? null
            : negative ? (long)-(Int128)total
            : (long)total;
    }

    /// <summary>As time.Duration prints itself.</summary>
    public static string Print(TimeSpan duration) =>
        duration.Ticks is > long.MaxValue / 100 or < long.MinValue / 100
            ? PrintNanoseconds(duration < TimeSpan.Zero ? long.MinValue : long.MaxValue)
            : PrintNanoseconds(duration.Ticks * 100);

    /// <summary>The same, of nanoseconds.</summary>
    public static string PrintNanoseconds(long nanoseconds)
    {
        var size = nanoseconds < 0 ? (ulong)-(Int128)nanoseconds : (ulong)nanoseconds;
        var sign = nanoseconds < 0 ? "-" : "";
        var (hours, minutes) = (size / (3600 * PerSecond), size / (60 * PerSecond) % 60);
        var seconds = Decimal(size % (60 * PerSecond), PerSecond);
        return size switch
        {
            0 => "0s",
            < PerMicrosecond => $"{sign}{size}ns",
            < PerMillisecond => $"{sign}{Decimal(size, PerMicrosecond)}µs",
            < PerSecond => $"{sign}{Decimal(size, PerMillisecond)}ms",
            < 60 * PerSecond => $"{sign}{seconds}s",
            < 3600 * (ulong)PerSecond => $"{sign}{minutes}m{seconds}s",
            _ => $"{sign}{hours}h{minutes}m{seconds}s",
        };
    }

    private static string Decimal(ulong nanoseconds, long unit) =>
        ((decimal)nanoseconds / unit).ToString("0.#########", CultureInfo.InvariantCulture);

    private static int Digits(ReadOnlySpan<char> text) =>
        text.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : text.Length;

    private static long? Unit(ReadOnlySpan<char> name) =>
        name switch
        {
            "ns" => 1,
            "us" or "µs" or "μs" => PerMicrosecond,
            "ms" => PerMillisecond,
            "s" => PerSecond,
            "m" => 60 * PerSecond,
            "h" => 3600 * PerSecond,
            _ => null,
        };

    /// <summary>What no number of nanoseconds can be is as good as infinite.</summary>
    private static UInt128 Count(ReadOnlySpan<char> whole, ReadOnlySpan<char> fraction, long unit)
    {
        UInt128 count = 0;
        foreach (var digit in whole)
        {
            count = UInt128.Min((count * 10) + (uint)(digit - '0'), (UInt128)1 << 64);
        }

        return (count * (ulong)unit) + Part(fraction, unit);
    }

    /// <summary>In floating point, as Go has it, so that a third of an hour written out is twenty minutes.</summary>
    private static ulong Part(ReadOnlySpan<char> fraction, long unit)
    {
        const ulong Most = long.MaxValue / 10;
        var (value, scale) = (0UL, 1.0);
        foreach (var digit in fraction)
        {
            var next = (value * 10) + (uint)(digit - '0');
            if (value > Most || next > 1UL << 63)
            {
                break;
            }

            (value, scale) = (next, scale * 10);
        }

        return (ulong)(value * (unit / scale));
    }
}
