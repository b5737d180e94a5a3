using System.Globalization;
using System.Text;

namespace AlertHub.Text;

/// <summary>
/// Lengths of time as Prometheus writes them (prometheus/common model.Duration): <c>1d12h</c>, units from years (365 days)
/// to milliseconds, each at most once, in falling order; or <c>0</c>.
/// </summary>
public static class PrometheusDuration
{
    private static readonly (string Name, long Milliseconds)[] Units =
    [
        ("y", 365L * 24 * 60 * 60 * 1000),
        ("w", 7L * 24 * 60 * 60 * 1000),
        ("d", 24L * 60 * 60 * 1000),
        ("h", 60L * 60 * 1000),
        ("m", 60L * 1000),
        ("s", 1000L),
        ("ms", 1L),
    ];

    /// <summary>Go counts nanoseconds in 64 bits: about 292 years.</summary>
    private const long MostMilliseconds = long.MaxValue / 1_000_000;

    /// <summary>A length of time, or null and what is wrong with the text.</summary>
    public static TimeSpan? Parse(string text, out string? objection)
    {
        objection = text.Length == 0 ? "a duration is missing; write one such as 30s, 5m or 1d12h" : null;
        if (objection is not null || text == "0")
        {
            return objection is null ? TimeSpan.Zero : null;
        }

        var (total, smallest) = (0L, -1);
        for (var at = 0; at < text.Length; )
        {
            var digits = Run(text, at, char.IsAsciiDigit);
            var number = text.AsSpan(at, digits);
            at += digits;
            var letters = Run(text, at, static c => !char.IsAsciiDigit(c));
            var name = text.Substring(at, letters);
            at += letters;

            var unit = Array.FindIndex(Units, u => u.Name == name);
            objection = (digits, letters, unit) switch
            {
                (0, _, _) => $"\"{text}\" is not a duration: a number must stand before \"{name}\", as in 30s or 1d12h",
                (_, 0, _) => $"\"{text}\" is not a duration: \"{number}\" has no unit; write {number}s for seconds",
                (_, _, < 0) => $"\"{text}\" is not a duration: \"{name}\" is no unit; they are y, w, d, h, m, s, ms",
                _ when unit <= smallest =>
                    $"\"{text}\" is not a duration: units go from large to small (y, w, d, h, m, s, ms), each once",
                _ => null,
            };
            if (objection is not null)
            {
                objection = Meant(text, smallest) is { } meant ? $"\"{text}\" is not a duration: {meant}" : objection;
                return null;
            }

            smallest = unit;
            if (
                !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
                || count > (MostMilliseconds - total) / Units[unit].Milliseconds
            )
            {
                objection = $"\"{text}\" is too long: a duration is below 292 years";
                return null;
            }

            total += count * Units[unit].Milliseconds;
        }

        return TimeSpan.FromTicks(total * TimeSpan.TicksPerMillisecond);
    }

    /// <summary>The shortest text that means the same; years and weeks only where they are whole, as in <c>90d</c>.</summary>
    public static string Print(TimeSpan duration)
    {
        var rest = Math.Abs(duration.Ticks / TimeSpan.TicksPerMillisecond);
        if (rest == 0)
        {
            return "0s";
        }

        var text = new StringBuilder(duration < TimeSpan.Zero ? "-" : "");
        foreach (var (name, milliseconds) in Units)
        {
            if (rest < milliseconds || (name is "y" or "w" && rest % milliseconds != 0))
            {
                continue;
            }

            text.Append(rest / milliseconds).Append(name);
            rest %= milliseconds;
        }

        return text.ToString();
    }

    /// <summary>How the usual mistakes are put right: a space, a fraction, a last number without its unit.</summary>
    private static string? Meant(string text, int smallest)
    {
        if (text.Any(char.IsWhiteSpace))
        {
            var joined = string.Concat(text.Where(static c => !char.IsWhiteSpace(c)));
            return Parse(joined, out _) is null ? null : $"write {joined}, without a space";
        }

        if (smallest >= 0 && char.IsAsciiDigit(text[^1]))
        {
            var joined = text + Units[Math.Min(smallest + 1, 5)].Name;
            return Parse(joined, out _) is null
                ? null
                : $"its last number has no unit; write {joined}, if that is meant";
        }

        var isFraction = text.Contains('.');
        var unit = Array.FindIndex(
            Units,
            u =>
                isFraction
                && text.EndsWith(u.Name, StringComparison.Ordinal)
                && !char.IsAsciiLetter(text[^(u.Name.Length + 1)])
        );
        if (unit < 0)
        {
            return null;
        }

        return
            decimal.TryParse(
                text.AsSpan(0, text.Length - Units[unit].Name.Length),
                NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var count
            )
            && count < 1000
            && count * Units[unit].Milliseconds is var whole
            && whole == decimal.Truncate(whole)
            ? $"only whole numbers are allowed; write {Print(TimeSpan.FromMilliseconds((double)whole))}"
            : "only whole numbers are allowed";
    }

    private static int Run(string text, int from, Func<char, bool> belongs)
    {
        var end = from;
        while (end < text.Length && belongs(text[end]))
        {
            end++;
        }

        return end - from;
    }
}
