using System.Globalization;
using AlertHub.Templates.Times;
using AlertHub.Templates.Values;

namespace AlertHub.Templates.Alertmanager;

/// <summary>Prometheus' humanizeDuration: <c>1d 2h 3m 4s</c>, <c>12.3ms</c>.</summary>
internal static class HumanDuration
{
    private static readonly string[] Prefixes = ["m", "u", "n", "p", "f", "a", "z", "y"];

    /// <summary>The text, or null where <paramref name="value"/> is no number of seconds.</summary>
    public static string? Of(object? value, out string? objection)
    {
        objection = null;
        switch (value)
        {
            case double seconds:
                return Of(seconds);
            case DurationValue duration:
                return Of(duration.Number / 1e9);
            case long seconds:
                return Of(seconds);
            case IntegerValue seconds:
                return Of(seconds.Number);
            case string text when GoFloat(text) is { } seconds:
                return Of(seconds);
            case string text:
                objection = $"\"{text}\" is not a number of seconds";
                return null;
            default:
                objection = $"{(value is null ? "nil" : $"a {GoType.Of(value)}")} is not a number of seconds";
                return null;
        }
    }

    private static string Of(double seconds)
    {
        if (!double.IsFinite(seconds))
        {
            return double.IsNaN(seconds) ? "NaN"
                : seconds > 0 ? "+Inf"
                : "-Inf";
        }

        if (Math.Abs(seconds) < 1)
        {
            return Small(seconds);
        }

        var (sign, size) = (seconds < 0 ? "-" : "", Math.Abs(seconds));
        var whole = size >= long.MaxValue ? long.MinValue : (long)size;
        var (days, hours, minutes, rest) = (whole / 86_400, whole / 3600 % 24, whole / 60 % 60, whole % 60);
        return days != 0 ? $"{sign}{days}d {hours}h {minutes}m {rest}s"
            : hours != 0 ? $"{sign}{hours}h {minutes}m {rest}s"
            : minutes != 0 ? $"{sign}{minutes}m {rest}s"
            : $"{sign}{FourDigits(size)}s";
    }

    private static string Small(double seconds)
    {
        if (seconds == 0)
        {
            return double.IsNegative(seconds) ? "-0s" : "0s";
        }

        var prefix = "";
        foreach (var next in Prefixes)
        {
            if (Math.Abs(seconds) >= 1)
            {
                break;
            }

            prefix = next;
            seconds *= 1000;
        }

        return $"{FourDigits(seconds)}{prefix}s";
    }

    /// <summary>Go's %.4g.</summary>
    private static string FourDigits(double number) =>
        number.ToString("G4", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);

    private static double? GoFloat(string text) =>
        text.Length > 0
        && !char.IsWhiteSpace(text[0])
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && !char.IsWhiteSpace(text[^1])
            ? number
        : text.TrimStart('+', '-').Equals("inf", StringComparison.OrdinalIgnoreCase)
            ? (text[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity)
        : null;
}
